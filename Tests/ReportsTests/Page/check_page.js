// What is wrong with the page in this state of the browser, a line each.
(() => {
  const problems = [];
  const all = selector => [...document.querySelectorAll(selector)];
  const text = node => node.textContent.trim().replace(/\s+/g, ' ').slice(0, 40);
  const say = (what, node) => problems.push(
    node ? `${what}: <${node.tagName.toLowerCase()}> '${text(node)}'` : what);

  // Structure
  if (!document.documentElement.lang) say('no language');
  if (!document.title) say('no title');
  for (const name of ['header', 'main', 'nav', 'footer', 'h1']) {
    if (all(name).length !== 1) say(`${all(name).length} elements <${name}>`);
  }
  let level = 0;
  for (const heading of all('h1, h2, h3, h4, h5, h6')) {
    const next = Number(heading.tagName[1]);
    if (next > level + 1) say(`heading leaps from ${level} to ${next}`, heading);
    if (!text(heading)) say('empty heading', heading);
    level = next;
  }
  const identifiers = all('[id]').map(node => node.id);
  const twice = identifiers.filter((id, place) => identifiers.indexOf(id) !== place);
  if (twice.length) say(`identifiers used twice: ${twice.join(', ')}`);
  for (const name of ['aria-labelledby', 'aria-describedby', 'href']) {
    for (const node of all(`[${name}]`)) {
      for (const id of node.getAttribute(name).split(' ')) {
        if (!document.getElementById(id.replace(/^#/, ''))) say(`${name} leads nowhere (${id})`, node);
      }
    }
  }

  // Names for those who do not see
  for (const table of all('table')) {
    if (!table.caption || !text(table.caption)) say('table without caption', table);
    for (const cell of table.querySelectorAll('th')) {
      if (!cell.scope) say('header cell without scope', cell);
      if (!text(cell)) say('empty header cell', cell);
    }
  }
  for (const image of all('img')) {
    if (!image.alt) say('image without alternative text', image);
    if (!image.complete || !image.naturalWidth) say('image not shown', image);
  }
  for (const svg of all('svg')) {
    if (svg.getAttribute('aria-hidden') === 'true') continue;
    for (const name of ['title', 'desc']) {
      const child = svg.querySelector(`:scope > ${name}`);
      if (!child || !text(child)) say(`picture without <${name}>`, svg);
    }
    if (svg.getAttribute('role') !== 'img') say('picture without role', svg);
  }
  for (const node of all('button, a, summary, [tabindex]')) {
    if (!text(node) && !node.getAttribute('aria-label')) say('control without name', node);
  }

  // Room
  const room = document.documentElement;
  if (room.scrollWidth > room.clientWidth) {
    say(`the page is ${room.scrollWidth} wide in a window of ${room.clientWidth}`);
    for (const node of all('body *')) {
      if (node.getBoundingClientRect().right > room.clientWidth + 1 && !node.closest('.scroll')) {
        say('too wide', node);
      }
    }
  }
  for (const node of all('.scroll')) {
    if (node.scrollWidth > node.clientWidth && node.tabIndex !== 0) say('cannot be scrolled by keyboard', node);
  }

  // Contrast (WCAG 2)
  const parse = color => {
    const numbers = color.match(/[\d.]+/g)?.map(Number) ?? [0, 0, 0, 0];
    return numbers.length === 4 ? numbers : [...numbers, 1];
  };
  const over = (top, below) => top.slice(0, 3).map((c, i) => c * top[3] + below[i] * (1 - top[3]));
  const luminance = color => {
    const [r, g, b] = color.map(c => {
      const s = c / 255;
      return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (a, b) => {
    const [x, y] = [luminance(a), luminance(b)];
    return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
  };
  const backgrounds = new Map();
  const background = node => {
    if (!node || node.nodeType !== 1) return [255, 255, 255];
    if (!backgrounds.has(node)) {
      backgrounds.set(node,
        over(parse(getComputedStyle(node).backgroundColor), background(node.parentElement)));
    }
    return backgrounds.get(node);
  };
  const weakest = new Map();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let texts = 0;
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || node.closest('script, style, title, desc, .unseen, .skip')) continue;
    if (!node.getClientRects().length) continue;
    texts += 1;
    const style = getComputedStyle(node);
    const below = background(node);
    const ink = over(parse(node instanceof SVGElement ? style.fill : style.color), below);
    const size = parseFloat(style.fontSize);
    const isLarge = size >= 24 || size >= 18.66 && Number(style.fontWeight) >= 700;
    const found = ratio(ink, below);
    if (found < (isLarge ? 3 : 4.5) || Number(style.opacity) < 1) {
      say(`contrast ${found.toFixed(2)} (opacity ${style.opacity})`, node);
    }
  }
  if (texts < 20) say(`only ${texts} texts are visible`);
  for (const node of all('.line, .best, .axis, .fill, .count')) {
    const style = getComputedStyle(node);
    const color = style.stroke !== 'none' && !node.matches('.best') ? style.stroke : style.fill;
    const found = ratio(over(parse(color), background(node)), background(node));
    if (found < 3) say(`contrast ${found.toFixed(2)} of a line or bar (${node.className.baseVal})`);
  }
  return problems;
})()
