/** Bytes as people read them: sixteen in a line, their numbers and their letters. */

const WIDTH = 16;
/** As many as are shown. */
const SHOWN = 4096;

/** @param base64 as much of them as there is */
export function hex(base64: string): string {
  const bytes = bytesOf(base64);
  const lines: string[] = [];
  for (let start = 0; start < Math.min(bytes.length, SHOWN); start += WIDTH) {
    const part = [...bytes.subarray(start, Math.min(start + WIDTH, SHOWN))];
    const numbers = part.map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
    const letters = part.map((byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : "·")).join("");
    lines.push(`${start.toString(16).padStart(6, "0")}  ${numbers.padEnd(3 * WIDTH - 1)}  ${letters}`);
  }
  if (bytes.length > SHOWN) lines.push(`… ${(bytes.length - SHOWN).toLocaleString("en")} more`);
  return lines.join("\n");
}

export function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}
