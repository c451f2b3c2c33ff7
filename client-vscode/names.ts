/** Names that stand in the manifest, or that the server knows. Nothing here knows VS Code. */

/** Commands that the extension registers itself: they work without a server, or do in the editor what a server cannot. */
export const OWN_COMMANDS: ReadonlySet<string> = new Set([
  "pystein.restart",
  "pystein.showOutput",
  "pystein.setUpStubs",
  "pystein.showDebugInformation",
  "pystein.newApp",
  "pystein.addFunction",
  "pystein.runWith",
  "pystein.openDashboard",
  "pystein.showInView",
]);

/** Commands of the view's entries; they take an entry and are hidden from the palette. */
export const VIEW_COMMANDS: ReadonlySet<string> = new Set([
  "pystein.view.run",
  "pystein.view.runWith",
  "pystein.view.debug",
  "pystein.view.editEvent",
  "pystein.view.copyUrl",
  "pystein.view.start",
  "pystein.view.stop",
  "pystein.view.debugApp",
  "pystein.view.dashboard",
  "pystein.view.refresh",
]);

/** Commands of the server that run code of the workspace. It refuses them without trust too; here trust can be granted. */
export const EXECUTING: ReadonlySet<string> = new Set(["pystein.run", "pystein.debug", "pystein.start"]);

/** A change of any of these starts the server anew; the server itself asks for the other settings. */
export const RESTARTING: readonly string[] = ["pystein.interpreter", "pystein.path", "pystein.importStrategy"];

/** The type of tasks and of debug configurations. */
export const TYPE = "pystein";
