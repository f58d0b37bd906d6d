import { type Result, yes } from "#lib/booking/refusal.ts";
import { type BodyTrouble, unreadable } from "./body-trouble.ts";

/**
 * The text of a body, without a byte order mark. Stops reading at the first byte beyond `maxBytes` and refuses (413), whatever
 * length was declared. Refuses (400) what is not UTF-8. Nothing at all is an empty text.
 */
export async function readText(request: Request, maxBytes: number): Promise<Result<string, BodyTrouble>> {
  const tooLarge = {
    ok: false,
    error: {
      status: 413,
      sentence: `This body is larger than ${maxBytes < 1024 ? `${maxBytes} bytes` : `${maxBytes / 1024} KiB`}, which is the most that is read.`,
    },
  } as const;
  if (Number(request.headers.get("content-length")) > maxBytes) {
    await request.body?.cancel();
    return tooLarge;
  }
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const reader = request.body?.getReader();
  let text = "";
  let bytes = 0;
  try {
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
      bytes += part.value.byteLength;
      if (bytes > maxBytes) {
        await reader?.cancel();
        return tooLarge;
      }
      text += decoder.decode(part.value, { stream: true });
    }
    return yes(text + decoder.decode());
  } catch (error) {
    if (
      !(error instanceof TypeError) ||
      (error as NodeJS.ErrnoException).code !== "ERR_ENCODING_INVALID_ENCODED_DATA"
    ) {
      throw error; // the connection broke: not the body's fault
    }
    await reader?.cancel();
    return unreadable("This body is not UTF-8.");
  }
}
