/** Names that stand in the manifest, or that the server knows. Nothing here knows VS Code. */

/** Commands that the extension registers itself, because they must work without a server. */
export const OWN_COMMANDS: ReadonlySet<string> = new Set(["pystein.restart", "pystein.showOutput", "pystein.setUpStubs"]);

/** Commands of the server that run code of the workspace. It refuses them without trust too; here trust can be granted. */
export const EXECUTING: ReadonlySet<string> = new Set(["pystein.run", "pystein.debug", "pystein.start"]);

/** A change of any of these starts the server anew; the server itself asks for the other settings. */
export const RESTARTING: readonly string[] = ["pystein.interpreter", "pystein.path", "pystein.importStrategy"];
