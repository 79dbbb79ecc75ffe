/// Python modules that a generated file imports, or what it imports does: a file of such a name would be found in their
/// place.
package enum PythonModules {
  /// The name of the module that the Python file at `path` would hide; nil if there is none.
  package static func hidden(by path: String) -> String? {
    let file = path.fileName
    guard file.hasSuffix(".py") else { return nil }
    let name = String(file.dropLast(3))
    return isTaken(name) ? name : nil
  }

  /// True if Python's `import` can name the file at `path`.
  static func canImport(_ path: String) -> Bool {
    let file = path.fileName
    guard file.hasSuffix(".py") else { return false }
    let scalars = file.dropLast(3).unicodeScalars
    return scalars.first.map { $0.properties.isXIDStart || $0 == "_" } ?? false
      && scalars.allSatisfy(\.properties.isXIDContinue)
      && !PythonNames.keywords.contains(String(file.dropLast(3)))
  }

  /// A name like that of the file at `path` which `import` can name, and which hides no module.
  static func importable(_ path: String) -> String {
    name(for: withoutEnding(path.fileName)) + ".py"
  }

  /// `path` without the ending of a Python file, in upper or lower case.
  static func withoutEnding(_ path: String) -> String {
    path.lowercased().hasSuffix(".py") ? String(path.dropLast(3)) : path
  }

  /// `text` as the name of a module, which hides no other.
  static func name(for text: String) -> String {
    let identifier = PythonNames.identifier(text)
    let own = String(identifier.trimmingPrefix { $0 == "_" })
    return own.isEmpty ? "model" : isTaken(own) ? own + "_" : own
  }

  /// True if there may be a module of that name. What Python and libraries use inside begins with an underscore.
  private static func isTaken(_ name: String) -> Bool {
    name.hasPrefix("_") || names.contains(name)
  }

  /// Those of the standard library from Python 3.10 to 3.14, of PyTorch, Keras and its backends, and of what these need.
  static let names = Set(
    """
    abc aifc annotationlib argparse array ast asynchat asyncio asyncore atexit audioop base64 bdb binascii binhex \
    bisect builtins bz2 cProfile calendar cgi cgitb chunk cmath cmd code codecs codeop collections colorsys \
    compileall compression concurrent configparser contextlib contextvars copy copyreg crypt csv ctypes curses \
    dataclasses datetime dbm decimal difflib dis distutils doctest email encodings ensurepip enum errno faulthandler \
    fcntl filecmp fileinput fnmatch fractions ftplib functools gc genericpath getopt getpass gettext glob graphlib \
    grp gzip hashlib heapq hmac html http idlelib imaplib imghdr imp importlib inspect io ipaddress itertools json \
    keyword lib2to3 linecache locale logging lzma mailbox mailcap marshal math mimetypes mmap modulefinder msilib \
    msvcrt multiprocessing netrc nis nntplib nt ntpath nturl2path numbers opcode operator optparse os ossaudiodev \
    pathlib pdb pickle pickletools pipes pkgutil platform plistlib poplib posix posixpath pprint profile pstats pty \
    pwd py_compile pyclbr pydoc pydoc_data pyexpat queue quopri random re readline reprlib resource rlcompleter \
    runpy sched secrets select selectors shelve shlex shutil signal site smtpd smtplib sndhdr socket socketserver \
    spwd sqlite3 sre_compile sre_constants sre_parse ssl stat statistics string stringprep struct subprocess sunau \
    symtable sys sysconfig syslog tabnanny tarfile telnetlib tempfile termios textwrap threading time timeit tkinter \
    token tokenize tomllib trace traceback tracemalloc tty turtle turtledemo types typing unicodedata unittest \
    urllib uu uuid venv warnings wave weakref webbrowser winreg winsound wsgiref xdrlib xml xmlrpc zipapp zipfile \
    zipimport zlib zoneinfo \
    PIL absl astunparse certifi charset_normalizer cloudpickle cuda dateutil filelock flatbuffers fsspec functorch \
    gast google grpc h5py idna jax jaxlib jinja2 joblib keras libclang markupsafe ml_dtypes mpmath namex narwhals \
    networkx numpy openvino opt_einsum optree packaging pandas pygments requests rich safetensors scipy six sklearn \
    sympy tensorflow termcolor threadpoolctl torch torchgen torchvision triton typing_extensions urllib3 wrapt
    """.split(separator: " ").map(String.init))
}
