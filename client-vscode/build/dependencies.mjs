// Which of the distribution's dependencies the extension's package holds.

/**
 * Left out: what is compiled for one system and one Python (the features that need it say so where it is missing), and
 * the library that an app brings itself.
 */
export const LEFT_OUT = ["azure-functions", "httptools", "libcst"];

/**
 * The requirements of `[project] dependencies` and of the extra `debug`, without markers: the package is one for every
 * system and Python. debugpy comes along so that F5 needs nothing else; its wheel for any system lacks only compiled speed.
 * @param {string} pyproject the text of pyproject.toml
 * @returns {string[]}
 */
export function bundled(pyproject) {
  const list = /^dependencies = \[\n([\s\S]*?)^\]/m.exec(pyproject)?.[1];
  const debug = /^debug = \[([^\]]*)\]/m.exec(pyproject)?.[1];
  if (list === undefined || debug === undefined) throw new Error("pyproject.toml: no dependencies found, or no extra debug");
  return [list, debug]
    .flatMap((each) => [...each.matchAll(/^\s*"([^";]+)/gm)])
    .map((match) => (match[1] ?? "").trim())
    .filter((one) => !LEFT_OUT.includes(nameOf(one)));
}

/**
 * Whether a folder of the bundled libraries holds their own tests, which nobody runs here.
 * @param {string} folder its path
 */
export const isOfTests = (folder) => /[\\/]tests?$/.test(folder);

/**
 * @param {string} requirement such as `pygls>=2.0,<3`
 * @returns {string} the project's normalised name
 */
export function nameOf(requirement) {
  return (/^[A-Za-z0-9._-]+/.exec(requirement)?.[0] ?? "").toLowerCase().replace(/[._-]+/g, "-");
}
