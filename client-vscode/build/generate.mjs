// Write what is made from sources and committed all the same; tests say when it is stale.

import { writeFileSync } from "node:fs";
import * as dashboard from "./dashboard.mjs";
import * as strings from "./strings.mjs";

writeFileSync(dashboard.TARGET, await dashboard.page());
writeFileSync(strings.TARGET, strings.strings());
