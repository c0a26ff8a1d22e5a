// Calls to our own HTTP API, and what went wrong with one in words for a person.

/** A refused or failed call. `message` is a sentence to show; `retryAfterMs` is set when the server named a wait. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly retryAfterMs: number | undefined,
  ) {
    super(message);
  }
}

export async function post<T>(path: string, body: unknown, csrf: string, timeoutMs: number): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'content-type': 'application/json', accept: 'application/json', 'x-csrf-token': csrf },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(timeoutMs),
    });
  } catch (error) {
    const late = error instanceof DOMException && error.name === 'TimeoutError';
    throw late
      ? new ApiError(0, 'no_answer', 'The server took too long to answer. Try again.', undefined)
      : new ApiError(0, 'offline', 'The server could not be reached. Check your connection and try again.', undefined);
  }
  const text = await response.text();
  if (response.ok) return (text === '' ? undefined : JSON.parse(text)) as T;
  throw refusal(response, text);
}

function refusal(response: Response, text: string): ApiError {
  const seconds = Number(response.headers.get('retry-after'));
  const retryAfterMs = Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : undefined;
  let code = `http_${response.status}`;
  let message = 'Something went wrong on the server. Try again in a moment.';
  try {
    const { error } = JSON.parse(text) as { error?: { code?: string; message?: string; fields?: Record<string, string> } };
    code = error?.code ?? code;
    // What is wrong with a field says more than that some field is wrong.
    message = Object.values(error?.fields ?? {})[0] ?? error?.message ?? message;
  } catch {
    // A proxy's page instead of our JSON: the sentence above stands.
  }
  return new ApiError(response.status, code, message, retryAfterMs);
}
