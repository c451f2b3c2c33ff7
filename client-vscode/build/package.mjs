// Build pystein-lsp-<version>.vsix, the same bytes from the same sources: with SOURCE_DATE_EPOCH vsce gives every file that
// date and sorts them. A zip archive has dates in local time and keeps the modes of files, so the time zone and the mask of
// new files are always the same too.

import { createVSIX } from "@vscode/vsce";

process.env["SOURCE_DATE_EPOCH"] ??= "315532800"; // 1980, where a zip archive's time begins
process.env["TZ"] = "UTC";
process.umask(0o022);
await createVSIX({
  dependencies: false, // they are in the bundle
  allowMissingRepository: true,
  rewriteRelativeLinks: false,
  readmePath: "client-vscode/LISTING.md",
});
