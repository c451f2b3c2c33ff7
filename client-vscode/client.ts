/**
 * The language client, with the two habits changed that would get in a user's way. Its library is most of the bundle, so
 * this module is loaded only when a server is started, while its process begins.
 */

import {
  type DynamicFeature,
  type ExecuteCommandRegistrationOptions,
  ExecuteCommandRequest,
  LanguageClient,
  type StaticFeature,
} from "vscode-languageclient/node";
import { OWN_COMMANDS } from "./names";

export { CloseAction, ErrorAction, RevealOutputChannelOn } from "vscode-languageclient/node";

export class Client extends LanguageClient {
  /** The library pops up its own wording for every failure; here it is logged, and what the user has to know is said once. */
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }

  /** Registering a command twice throws and ends the start, so the server may announce ours without harm. */
  override registerFeature(feature: StaticFeature | DynamicFeature<unknown>): void {
    if (registersCommands(feature)) {
      const register = feature.register.bind(feature);
      feature.register = ({ id, registerOptions }) => {
        const commands = registerOptions.commands.filter((command) => !OWN_COMMANDS.has(command));
        register({ id, registerOptions: { ...registerOptions, commands } });
      };
    }
    super.registerFeature(feature);
  }
}

function registersCommands(feature: object): feature is DynamicFeature<ExecuteCommandRegistrationOptions> {
  const { registrationType } = feature as { registrationType?: { method: string } };
  return registrationType?.method === ExecuteCommandRequest.method;
}
