/// The script of the page: tables that sort, regions that take the keyboard's focus only if there is something to
/// scroll, and sections that open for printing and for links.
enum PageScript {
  /// Allows this script, and no other, to run.
  static let hash = "sha256-SG6V3fXf0xz8PNWni1U7IQRb4ER20l8BJ4EBJgRjf3c="

  static let text = """
    'use strict';
    for (const table of document.querySelectorAll('table.sortable')) {
      const headers = [...table.tHead.rows[0].cells];
      const body = table.tBodies[0];
      const key = (row, column) => {
        const cell = row.cells[column];
        return cell.dataset.key ?? cell.textContent.trim();
      };
      const compare = (a, b) => {
        const [x, y] = [Number(a), Number(b)];
        return Number.isNaN(x) || Number.isNaN(y) ? a.localeCompare(b) : x - y;
      };
      const sort = column => {
        const header = headers[column];
        const before = header.getAttribute('aria-sort');
        // Of numbers most readers want the largest first.
        const first = header.classList.contains('number') ? 'descending' : 'ascending';
        const second = first === 'descending' ? 'ascending' : 'descending';
        const order = before === first ? second : first;
        for (const other of headers) other.removeAttribute('aria-sort');
        header.setAttribute('aria-sort', order);
        const sign = order === 'ascending' ? 1 : -1;
        const rows = [...body.rows].map(row => [key(row, column), row]);
        // What has no value stays below, either way.
        rows.sort(([a], [b]) => (a === '') - (b === '') || sign * compare(a, b));
        body.append(...rows.map(([, row]) => row));
      };
      headers.forEach((header, column) => {
        const button = document.createElement('button');
        button.type = 'button';
        button.append(...header.childNodes);
        button.addEventListener('click', () => sort(column));
        header.append(button);
      });
    }
    const regions = [...document.querySelectorAll('.scroll')];
    const settle = () => {
      for (const region of regions) {
        const scrolls = region.scrollWidth > region.clientWidth
          || region.scrollHeight > region.clientHeight;
        if (scrolls) region.tabIndex = 0; else region.removeAttribute('tabindex');
      }
    };
    addEventListener('resize', settle);
    addEventListener('toggle', settle, true);
    settle();
    const reveal = () => {
      const target = location.hash && document.getElementById(location.hash.slice(1));
      for (let node = target; node; node = node.parentElement) {
        if (node.tagName === 'DETAILS') node.open = true;
      }
    };
    addEventListener('hashchange', reveal);
    reveal();
    let closed = [];
    addEventListener('beforeprint', () => {
      closed = [...document.querySelectorAll('details:not([open])')];
      for (const part of closed) part.open = true;
    });
    addEventListener('afterprint', () => { for (const part of closed) part.open = false; });
    """
}
