"use strict";
var __create = Object.create;
var __defProp = Object.defineProperty;
var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __getProtoOf = Object.getPrototypeOf;
var __hasOwnProp = Object.prototype.hasOwnProperty;
var __esm = (fn, res, err) => function __init() {
  if (err) throw err[0];
  try {
    return fn && (res = (0, fn[__getOwnPropNames(fn)[0]])(fn = 0)), res;
  } catch (e) {
    throw err = [e], e;
  }
};
var __commonJS = (cb, mod) => function __require() {
  try {
    return mod || (0, cb[__getOwnPropNames(cb)[0]])((mod = { exports: {} }).exports, mod), mod.exports;
  } catch (e) {
    throw mod = 0, e;
  }
};
var __export = (target, all) => {
  for (var name in all)
    __defProp(target, name, { get: all[name], enumerable: true });
};
var __copyProps = (to, from, except, desc) => {
  if (from && typeof from === "object" || typeof from === "function") {
    for (let key of __getOwnPropNames(from))
      if (!__hasOwnProp.call(to, key) && key !== except)
        __defProp(to, key, { get: () => from[key], enumerable: !(desc = __getOwnPropDesc(from, key)) || desc.enumerable });
  }
  return to;
};
var __toESM = (mod, isNodeMode, target) => (target = mod != null ? __create(__getProtoOf(mod)) : {}, __copyProps(
  // If the importer is in node compatibility mode or this is not an ESM
  // file that has been converted to a CommonJS file using a Babel-
  // compatible transform (i.e. "__esModule" has not been set), then set
  // "default" to the CommonJS "module.exports" for node compatibility.
  isNodeMode || !mod || !mod.__esModule ? __defProp(target, "default", { value: mod, enumerable: true }) : target,
  mod
));

// src/lib/json.ts
var EMPTY, isRecord, record, list, text, flag, number, texts, textMap;
var init_json = __esm({
  "src/lib/json.ts"() {
    "use strict";
    EMPTY = Object.freeze({});
    isRecord = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
    record = (value) => isRecord(value) ? value : EMPTY;
    list = (value) => Array.isArray(value) ? value : [];
    text = (value) => typeof value === "string" ? value : "";
    flag = (value) => value === true;
    number = (value) => typeof value === "number" && Number.isFinite(value) ? value : void 0;
    texts = (value) => list(value).map(text);
    textMap = (value) => Object.fromEntries(
      Object.entries(record(value)).filter((entry) => typeof entry[1] === "string")
    );
  }
});

// src/lib/workflow-command.ts
var AT_START, ANYWHERE, defuse;
var init_workflow_command = __esm({
  "src/lib/workflow-command.ts"() {
    "use strict";
    AT_START = /^((?:[^\S\n]|\u001b\[[0-9;]*m)*):(?=:)/gmu;
    ANYWHERE = /##\[/g;
    defuse = (text5) => text5.includes("::") || text5.includes("##[") ? text5.replace(AT_START, "$1: ").replace(ANYWHERE, "## [") : text5;
  }
});

// src/lib/printable.ts
var PLAIN, NEAT, TERMINAL, LINE_BREAK, INVISIBLE, SPACE, strip, cut, ahead, printable, oneLine;
var init_printable = __esm({
  "src/lib/printable.ts"() {
    "use strict";
    init_workflow_command();
    PLAIN = /^[\x20-\x7e]*$/;
    NEAT = /^(?:[!-~]+(?: [!-~]+)*)?$/;
    TERMINAL = // biome-ignore lint/suspicious/noControlCharactersInRegex: it is these that are removed.
    /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|(?:\u001b\]|\u009d)[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)|\u001b[@-Z\\^_]/g;
    LINE_BREAK = /\r\n|[\r\v\f\u0085\u2028\u2029]/g;
    INVISIBLE = /(?!\n)[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;
    SPACE = /\s+/g;
    strip = (text5) => text5.toWellFormed().replace(TERMINAL, "").replace(LINE_BREAK, "\n").replaceAll("	", " ").replace(INVISIBLE, "");
    cut = (text5, max) => {
      if (text5.length <= max) return text5;
      const end = Math.max(0, max - 1);
      const last = text5.charCodeAt(end - 1);
      const half = last >= 55296 && last <= 56319;
      return `${text5.slice(0, half ? end - 1 : end)}\u2026`.slice(0, max);
    };
    ahead = (text5, max) => text5.length > max * 4 + 1024 ? text5.slice(0, max * 4 + 1024) : text5;
    printable = (text5, max = Number.POSITIVE_INFINITY) => {
      const looked = ahead(text5, max);
      return cut(defuse(PLAIN.test(looked) ? looked : strip(looked)), max);
    };
    oneLine = (text5, max = Number.POSITIVE_INFINITY) => {
      if (text5.length <= max && NEAT.test(text5)) return cut(defuse(text5), max);
      const looked = ahead(text5, max);
      const flat = (PLAIN.test(looked) ? looked : strip(looked)).replace(SPACE, " ").trim();
      return cut(defuse(flat), max);
    };
  }
});

// node_modules/is-network-error/index.js
function isNetworkError(error2) {
  const isValid = error2 && isError(error2) && error2.name === "TypeError" && typeof error2.message === "string";
  if (!isValid) {
    return false;
  }
  const { message, stack } = error2;
  if (message === "Load failed" || message.startsWith("Load failed (") && message.endsWith(")")) {
    return stack === void 0 || "__sentry_captured__" in error2;
  }
  if (message.startsWith("error sending request for url")) {
    return true;
  }
  if (message === "Failed to fetch" || message.startsWith("Failed to fetch (") && message.endsWith(")")) {
    return true;
  }
  return errorMessages.has(message);
}
var objectToString, isError, errorMessages;
var init_is_network_error = __esm({
  "node_modules/is-network-error/index.js"() {
    objectToString = Object.prototype.toString;
    isError = (value) => objectToString.call(value) === "[object Error]";
    errorMessages = /* @__PURE__ */ new Set([
      "network error",
      // Chrome
      "NetworkError when attempting to fetch resource.",
      // Firefox
      "The Internet connection appears to be offline.",
      // Safari 16
      "Network request failed",
      // `cross-fetch`
      "fetch failed",
      // Undici (Node.js)
      "terminated",
      // Undici (Node.js)
      " A network error occurred.",
      // Bun (WebKit)
      "Network connection lost"
      // Cloudflare Workers (fetch)
    ]);
  }
});

// node_modules/p-retry/index.js
function validateRetries(retries) {
  if (typeof retries === "number") {
    if (retries < 0) {
      throw new TypeError("Expected `retries` to be a non-negative number.");
    }
    if (Number.isNaN(retries)) {
      throw new TypeError("Expected `retries` to be a valid number or Infinity, got NaN.");
    }
    if (Number.isFinite(retries) && !Number.isInteger(retries)) {
      throw new TypeError("Expected `retries` to be a non-negative integer or Infinity.");
    }
  } else if (retries !== void 0) {
    throw new TypeError("Expected `retries` to be a number or Infinity.");
  }
}
function validateNumberOption(name, value, { allowInfinity = false } = {}) {
  if (typeof value !== "number" || Number.isNaN(value)) {
    throw new TypeError(`Expected \`${name}\` to be a number${allowInfinity ? " or Infinity" : ""}.`);
  }
  if (!allowInfinity && !Number.isFinite(value)) {
    throw new TypeError(`Expected \`${name}\` to be a finite number.`);
  }
  if (value < 0) {
    throw new TypeError(`Expected \`${name}\` to be \u2265 0.`);
  }
}
function validateOption(name, value, type) {
  if (value === void 0 || value === null) {
    return;
  }
  if (typeof value !== type) {
    throw new TypeError(`Expected \`${name}\` to be a ${type}.`);
  }
}
function validateSignal(value) {
  if (value === void 0 || value === null) {
    return;
  }
  if (typeof value.throwIfAborted !== "function" || typeof value.addEventListener !== "function" || typeof value.removeEventListener !== "function") {
    throw new TypeError("Expected `signal` to be an AbortSignal.");
  }
}
function calculateDelay(retriesConsumed, options) {
  if (options.minTimeout === 0) {
    return 0;
  }
  const attempt2 = retriesConsumed + 1;
  const random = options.randomize ? Math.random() + 1 : 1;
  const timeout = Math.round(random * options.minTimeout * options.factor ** (attempt2 - 1));
  return Math.min(timeout, Math.ceil(options.maxTimeout), maximumDelay);
}
function calculateRemainingTime(start, max) {
  return Number.isFinite(max) ? max - (performance.now() - start) : max;
}
async function delayForRetry(delay, options) {
  if (delay <= 0) {
    return;
  }
  await new Promise((resolve2, reject) => {
    const onAbort = () => {
      clearTimeout(timeoutToken);
      reject(options.signal.reason);
    };
    const timeoutToken = setTimeout(() => {
      options.signal?.removeEventListener("abort", onAbort);
      resolve2();
    }, delay);
    if (options.unref) {
      timeoutToken.unref?.();
    }
    options.signal?.addEventListener("abort", onAbort, { once: true });
  });
}
function stringifyThrownValue(value) {
  try {
    return String(value);
  } catch {
    return Object.prototype.toString.call(value);
  }
}
function unwrapAbortError(error2) {
  let cause = error2;
  while (cause instanceof AbortError && cause.originalError instanceof Error) {
    cause = cause.originalError;
  }
  return cause;
}
async function onAttemptFailure({ error: error2, attemptNumber, retriesConsumed, startTime, options }) {
  const abortIfNeeded = () => {
    options.signal?.throwIfAborted();
  };
  const normalizedError = error2 instanceof Error ? error2 : new TypeError(`Non-error was thrown: "${stringifyThrownValue(error2)}". You should only throw errors.`);
  abortIfNeeded();
  if (normalizedError instanceof AbortError) {
    throw unwrapAbortError(normalizedError);
  }
  const retriesLeft = options.retries - retriesConsumed;
  const isRetriableError = !(normalizedError instanceof TypeError) || isNetworkError(normalizedError);
  const timeLeft = calculateRemainingTime(startTime, options.maxRetryTime);
  const delayTime = isRetriableError && timeLeft > 0 && retriesLeft > 0 ? calculateDelay(retriesConsumed, options) : 0;
  const consumeRetryContext = Object.freeze({
    error: normalizedError,
    attemptNumber,
    retriesLeft,
    retriesConsumed,
    retryDelay: delayTime
  });
  const consumeRetry = await options.shouldConsumeRetry(consumeRetryContext) ?? true;
  abortIfNeeded();
  const effectiveDelay = consumeRetry ? delayTime : 0;
  const context = Object.freeze({
    error: normalizedError,
    attemptNumber,
    retriesLeft,
    retriesConsumed,
    retryDelay: effectiveDelay
  });
  await options.onFailedAttempt(context);
  abortIfNeeded();
  const remainingTime = calculateRemainingTime(startTime, options.maxRetryTime);
  if (!isRetriableError || remainingTime <= 0 || retriesLeft <= 0) {
    throw normalizedError;
  }
  const shouldRetry = await options.shouldRetry(context);
  abortIfNeeded();
  if (!shouldRetry) {
    throw normalizedError;
  }
  const remainingTimeAfterShouldRetry = calculateRemainingTime(startTime, options.maxRetryTime);
  if (remainingTimeAfterShouldRetry <= 0) {
    throw normalizedError;
  }
  if (!consumeRetry) {
    return false;
  }
  await delayForRetry(Math.min(effectiveDelay, remainingTimeAfterShouldRetry), options);
  return true;
}
async function pRetry(input, options = {}) {
  options = { ...options };
  options.retries ??= 10;
  validateRetries(options.retries);
  if (Object.hasOwn(options, "forever")) {
    throw new Error("The `forever` option is no longer supported. For many use-cases, you can set `retries: Infinity` instead.");
  }
  options.factor ??= 2;
  options.minTimeout ??= 1e3;
  options.maxTimeout ??= Infinity;
  options.maxRetryTime ??= Infinity;
  options.randomize ??= false;
  options.onFailedAttempt ??= () => {
  };
  options.shouldRetry ??= () => true;
  options.shouldConsumeRetry ??= () => true;
  validateOption("onFailedAttempt", options.onFailedAttempt, "function");
  validateOption("shouldRetry", options.shouldRetry, "function");
  validateOption("shouldConsumeRetry", options.shouldConsumeRetry, "function");
  validateOption("randomize", options.randomize, "boolean");
  validateOption("unref", options.unref, "boolean");
  validateSignal(options.signal);
  validateNumberOption("factor", options.factor);
  validateNumberOption("minTimeout", options.minTimeout);
  validateNumberOption("maxTimeout", options.maxTimeout, { allowInfinity: true });
  validateNumberOption("maxRetryTime", options.maxRetryTime, { allowInfinity: true });
  if (options.factor === 0) {
    options.factor = 1;
  }
  options.signal?.throwIfAborted();
  let attemptNumber = 0;
  let retriesConsumed = 0;
  const startTime = performance.now();
  while (retriesConsumed <= options.retries) {
    attemptNumber++;
    try {
      options.signal?.throwIfAborted();
      const result = await input(attemptNumber);
      options.signal?.throwIfAborted();
      return result;
    } catch (error2) {
      if (await onAttemptFailure({
        error: error2,
        attemptNumber,
        retriesConsumed,
        startTime,
        options
      })) {
        retriesConsumed++;
      }
    }
  }
  throw new Error("Retry attempts exhausted without throwing an error.");
}
var AbortError, maximumDelay;
var init_p_retry = __esm({
  "node_modules/p-retry/index.js"() {
    init_is_network_error();
    AbortError = class _AbortError extends Error {
      constructor(message) {
        super(typeof message === "string" ? message : void 0);
        this.name = "AbortError";
        if (message instanceof Error) {
          this.originalError = message;
          ({ message } = message);
        } else {
          this.originalError = new Error(message);
          ({ message } = this.originalError);
          Error.captureStackTrace?.(this.originalError, _AbortError);
        }
        this.message = message;
      }
    };
    maximumDelay = 2 ** 31 - 1;
  }
});

// src/lib/retry.ts
var MAX_ATTEMPTS, WAITS_MS, MAX_RETRY_AFTER_MS, retry;
var init_retry = __esm({
  "src/lib/retry.ts"() {
    "use strict";
    init_p_retry();
    MAX_ATTEMPTS = 5;
    WAITS_MS = [500, 1500, 4e3, 8e3];
    MAX_RETRY_AFTER_MS = 6e4;
    retry = (run2, options) => pRetry(run2, {
      retries: MAX_ATTEMPTS - 1,
      // The waiting is done below, where the delay can be injected.
      minTimeout: 0,
      signal: options.signal,
      onFailedAttempt: async ({ error: error2, attemptNumber, retriesLeft }) => {
        const { again: again2, afterMs } = options.decide(error2);
        if (!again2 || retriesLeft === 0) throw error2;
        const jittered = (WAITS_MS[attemptNumber - 1] ?? 8e3) * (0.5 + options.random());
        const waitMs = Math.round(Math.max(jittered, Math.min(afterMs ?? 0, MAX_RETRY_AFTER_MS)));
        options.onRetry?.(error2, attemptNumber, waitMs);
        await options.delay(waitMs, options.signal);
      },
      shouldRetry: () => true
    });
  }
});

// src/lib/text.ts
var enumerate, counted, grouped;
var init_text = __esm({
  "src/lib/text.ts"() {
    "use strict";
    enumerate = (items2, joint = "and") => items2.length < 2 ? items2.join("") : `${items2.slice(0, -1).join(", ")} ${joint} ${items2[items2.length - 1] ?? ""}`;
    counted = (count, noun) => `${grouped(count)} ${noun}${count === 1 ? "" : "s"}`;
    grouped = (count) => String(count).replace(/\B(?=(?:\d{3})+$)/g, ",");
  }
});

// src/argocd/errors.ts
var ArgoCdError, isTransient;
var init_errors = __esm({
  "src/argocd/errors.ts"() {
    "use strict";
    ArgoCdError = class extends Error {
      name = "ArgoCdError";
      code;
      /** What to do next, as a sentence; `''` when there is nothing to add. */
      hint;
      /** HTTP status, 0 without an answer. */
      status;
      /** Milliseconds the server asked to wait (Retry-After), if it did. */
      retryAfterMs;
      /** A write may have been carried out although it failed: no answer came, or a 5xx (rule 19). */
      ambiguous;
      /** Undefined: this is not about an object that was sent. */
      invalid;
      constructor(code2, message, options = {}) {
        super(message, options.cause === void 0 ? void 0 : { cause: options.cause });
        this.code = code2;
        this.hint = options.hint ?? "";
        this.status = options.status ?? 0;
        this.retryAfterMs = options.retryAfterMs;
        this.ambiguous = options.ambiguous ?? false;
        this.invalid = options.invalid;
      }
    };
    isTransient = (error2) => error2.code === "unavailable" || error2.code === "timeout" || error2.code === "network";
  }
});

// src/lib/json-scan.ts
var QUOTE, COMMA, COLON, OPEN_ARRAY, BACKSLASH, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT, SPACE2, skipSpace, LONG, endOfString, endOfLongString, KIND, STRING, DEEPER, HIGHER, endOfValue, SMALL_A, SMALL_Z, endOfPlainArray;
var init_json_scan = __esm({
  "src/lib/json-scan.ts"() {
    "use strict";
    QUOTE = 34;
    COMMA = 44;
    COLON = 58;
    OPEN_ARRAY = 91;
    BACKSLASH = 92;
    CLOSE_ARRAY = 93;
    OPEN_OBJECT = 123;
    CLOSE_OBJECT = 125;
    SPACE2 = 32;
    skipSpace = (bytes, at) => {
      const { length } = bytes;
      let place = at;
      for (; place < length; place++) {
        const byte = bytes[place];
        if (byte > SPACE2 || byte !== SPACE2 && byte !== 10 && byte !== 13 && byte !== 9) break;
      }
      return place;
    };
    LONG = 64;
    endOfString = (bytes, from) => {
      const near = Math.min(bytes.length, from + LONG);
      let at = from + 1;
      while (at < near) {
        const byte = bytes[at];
        if (byte === QUOTE) return at + 1;
        at += byte === BACKSLASH ? 2 : 1;
      }
      return endOfLongString(bytes, at);
    };
    endOfLongString = (bytes, inside) => {
      for (let quote2 = bytes.indexOf(QUOTE, inside); quote2 !== -1; quote2 = bytes.indexOf(QUOTE, quote2 + 1)) {
        let first = quote2;
        while (first > inside && bytes[first - 1] === BACKSLASH) first--;
        if ((quote2 - first) % 2 === 0) return quote2 + 1;
      }
      return -1;
    };
    KIND = new Uint8Array(256);
    [STRING, DEEPER, HIGHER] = [1, 2, 3];
    KIND[QUOTE] = STRING;
    KIND[OPEN_ARRAY] = KIND[OPEN_OBJECT] = DEEPER;
    KIND[CLOSE_ARRAY] = KIND[CLOSE_OBJECT] = HIGHER;
    endOfValue = (bytes, from) => {
      const { length } = bytes;
      const first = bytes[from];
      if (first === QUOTE) return endOfString(bytes, from);
      if (first === void 0) return -1;
      let at = from;
      if (first !== OPEN_OBJECT && first !== OPEN_ARRAY) {
        while (at < length && bytes[at] !== COMMA && bytes[at] !== CLOSE_OBJECT && bytes[at] !== CLOSE_ARRAY) at++;
        return at;
      }
      let depth = 0;
      while (at < length) {
        const kind = KIND[bytes[at]];
        if (kind === STRING) {
          at = endOfString(bytes, at);
          if (at === -1) return -1;
          continue;
        }
        at++;
        if (kind === DEEPER) depth++;
        else if (kind === HIGHER && --depth === 0) return at;
      }
      return -1;
    };
    SMALL_A = 97;
    SMALL_Z = 122;
    endOfPlainArray = (bytes, from) => {
      const close = bytes.indexOf(CLOSE_ARRAY, from + 1);
      if (close === -1 || bytes[close + 1] !== COMMA || bytes[close + 2] !== QUOTE) return -1;
      const letter = bytes[close + 3] ?? 0;
      if (letter < SMALL_A || letter > SMALL_Z) return -1;
      const open2 = bytes.indexOf(OPEN_ARRAY, from + 1);
      return open2 === -1 || open2 > close ? close + 1 : -1;
    };
  }
});

// src/lib/json-items.ts
function createItemReader(member2, read, wholeMost = WHOLE_MOST) {
  const name = import_node_buffer.Buffer.from(JSON.stringify(member2));
  const items2 = [];
  let phase = "small";
  let size = 0;
  let done2 = false;
  let rest = import_node_buffer.Buffer.alloc(0);
  const others = [];
  let around = "";
  const findItems = () => {
    let at = skipSpace(rest, 0);
    if (rest[at] !== OPEN_OBJECT) return -1;
    do {
      const start = skipSpace(rest, at + 1);
      if (rest[start] !== QUOTE) return -1;
      const end = endOfString(rest, start);
      if (end === -1) return -1;
      at = skipSpace(rest, end);
      if (rest[at] !== COLON) return -1;
      at = skipSpace(rest, at + 1);
      if (rest[at] === OPEN_ARRAY && rest.subarray(start, end).equals(name)) return at + 1;
      at = endOfValue(rest, at);
      if (at === -1) return -1;
      at = skipSpace(rest, at);
    } while (rest[at] === COMMA);
    return -1;
  };
  const readItems2 = (from) => {
    let at = from;
    for (; ; ) {
      const start = skipSpace(rest, rest[at] === COMMA ? at + 1 : at);
      if (rest[start] === CLOSE_ARRAY) {
        done2 = true;
        return start;
      }
      const end = endOfValue(rest, start);
      if (end === -1 || end === rest.length) return at;
      items2.push(read.bytes(rest.subarray(start, end)));
      at = skipSpace(rest, end);
      if (at < rest.length && rest[at] !== COMMA && rest[at] !== CLOSE_ARRAY) throw new SyntaxError("not JSON");
    }
  };
  let room = import_node_buffer.Buffer.alloc(0);
  const joined = (left2, chunk) => {
    if (left2.length === 0) return chunk;
    const size2 = left2.length + chunk.length;
    const target = room.length >= size2 ? room : import_node_buffer.Buffer.allocUnsafeSlow(2 * size2);
    left2.copy(target);
    chunk.copy(target, left2.length);
    room = target;
    return target.subarray(0, size2);
  };
  return {
    feed(chunk) {
      size += chunk.length;
      if (phase === "around" || phase === "small" && size <= wholeMost) {
        others.push(chunk);
        return;
      }
      if (phase === "small") {
        rest = import_node_buffer.Buffer.concat([...others.splice(0), chunk]);
        phase = "head";
      } else {
        rest = joined(rest, chunk);
      }
      let at = 0;
      if (phase === "head") {
        at = findItems();
        if (at === -1) {
          if (rest.length > HEAD_MOST) phase = "around";
          return;
        }
        around = rest.toString("utf8", 0, at);
        phase = "items";
      }
      rest = rest.subarray(readItems2(at));
      if (done2) phase = "around";
    },
    end() {
      const whole3 = JSON.parse(around + import_node_buffer.Buffer.concat([rest, ...others]).toString("utf8"));
      if (typeof whole3 !== "object" || whole3 === null) return whole3;
      if (done2) return { ...whole3, [member2]: items2 };
      const all = Object.hasOwn(whole3, member2) ? whole3[member2] : void 0;
      return Array.isArray(all) ? { ...whole3, [member2]: all.map((item) => read.value(item)) } : whole3;
    }
  };
}
var import_node_buffer, WHOLE_MOST, HEAD_MOST;
var init_json_items = __esm({
  "src/lib/json-items.ts"() {
    "use strict";
    import_node_buffer = require("node:buffer");
    init_json_scan();
    WHOLE_MOST = 1024 * 1024;
    HEAD_MOST = WHOLE_MOST + 256 * 1024;
  }
});

// src/lib/json-without.ts
var import_node_buffer2, ANYWHERE2, SMALL_BYTES, NULL, BROKEN, textWithout, textWithoutArray, begins, beginOf, known, prepared, membersOf, find, Cutter, SHARED;
var init_json_without = __esm({
  "src/lib/json-without.ts"() {
    "use strict";
    import_node_buffer2 = require("node:buffer");
    init_json_scan();
    ANYWHERE2 = /* @__PURE__ */ Symbol("anywhere");
    SMALL_BYTES = 8 * 1024;
    NULL = import_node_buffer2.Buffer.from("null");
    BROKEN = /* @__PURE__ */ Symbol("broken");
    textWithout = (bytes, without) => {
      const everywhere = without[ANYWHERE2];
      if (everywhere !== void 0 && bytes.length <= SMALL_BYTES) return textWithoutArray(bytes, everywhere);
      const members = membersOf(without);
      if (!members.some(({ quoted: quoted2 }) => bytes.includes(quoted2))) return bytes.toString("utf8");
      const cutter = new Cutter(bytes);
      try {
        cutter.value(members);
      } catch (error2) {
        if (error2 !== BROKEN && !(error2 instanceof RangeError)) throw error2;
        return bytes.toString("utf8");
      }
      return cutter.text();
    };
    textWithoutArray = (bytes, name) => {
      const begin = beginOf(name);
      const at = bytes.indexOf(begin);
      if (at <= 0 || bytes[at - 1] === BACKSLASH) return bytes.toString("utf8");
      const start = at + begin.length - 1;
      const plainEnd = endOfPlainArray(bytes, start);
      const end = plainEnd === -1 ? endOfValue(bytes, start) : plainEnd;
      if (end === -1) return bytes.toString("utf8");
      let size = bytes.copy(SHARED, 0, 0, start);
      size += NULL.copy(SHARED, size);
      size += bytes.copy(SHARED, size, end);
      return SHARED.toString("utf8", 0, size);
    };
    begins = /* @__PURE__ */ new Map();
    beginOf = (name) => {
      const known3 = begins.get(name);
      if (known3 !== void 0) return known3;
      const begin = import_node_buffer2.Buffer.from(`"${name}":[`, "latin1");
      begins.set(name, begin);
      return begin;
    };
    known = (place) => {
      if (place === -1) throw BROKEN;
      return place;
    };
    prepared = /* @__PURE__ */ new WeakMap();
    membersOf = (without) => {
      const known3 = prepared.get(without);
      if (known3 !== void 0) return known3;
      const members = Object.entries(without).map(([name, inside]) => ({
        name: new Uint8Array(import_node_buffer2.Buffer.from(name, "latin1")),
        quoted: import_node_buffer2.Buffer.from(`"${name}"`, "latin1"),
        inside: inside === true ? void 0 : membersOf(inside)
      }));
      prepared.set(without, members);
      return members;
    };
    find = (members, bytes, start, end) => {
      next: for (const member2 of members) {
        const { name } = member2;
        if (name.length !== end - start) continue;
        for (let at = 0; at < name.length; at++) if (name[at] !== bytes[start + at]) continue next;
        return member2;
      }
      return void 0;
    };
    Cutter = class {
      bytes;
      at = 0;
      /** What stays, as far as it was copied: in the first `size` bytes. */
      kept;
      size = 0;
      /** Copied until here. */
      from = 0;
      constructor(bytes) {
        this.bytes = bytes;
        this.kept = 2 * bytes.length <= SHARED.length ? SHARED : import_node_buffer2.Buffer.allocUnsafeSlow(2 * bytes.length);
      }
      text() {
        if (this.from === 0) return this.bytes.toString("utf8");
        this.size += this.bytes.copy(this.kept, this.size, this.from);
        return this.kept.toString("utf8", 0, this.size);
      }
      value(members) {
        const first = this.next();
        if (first === OPEN_OBJECT) this.object(members);
        else if (first === OPEN_ARRAY) this.array(members);
        else this.at = known(endOfValue(this.bytes, this.at));
      }
      /** Goes to the next byte that is no white space, and answers it. */
      next() {
        this.at = skipSpace(this.bytes, this.at);
        const byte = this.bytes[this.at];
        if (byte === void 0) throw BROKEN;
        return byte;
      }
      array(members) {
        this.at++;
        if (this.next() === CLOSE_ARRAY) {
          this.at++;
          return;
        }
        do
          this.value(members);
        while (this.goesOn(CLOSE_ARRAY));
      }
      object(members) {
        const { bytes } = this;
        this.at++;
        if (this.next() === CLOSE_OBJECT) {
          this.at++;
          return;
        }
        do {
          if (this.next() !== QUOTE) throw BROKEN;
          const start = this.at + 1;
          this.at = known(endOfString(bytes, this.at));
          const member2 = find(members, bytes, start, this.at - 1);
          if (this.next() !== COLON) throw BROKEN;
          this.at++;
          if (member2?.inside !== void 0) {
            this.value(member2.inside);
            continue;
          }
          this.next();
          const end = known(endOfValue(bytes, this.at));
          if (member2 !== void 0) this.cut(end);
          this.at = end;
        } while (this.goesOn(CLOSE_OBJECT));
      }
      cut(end) {
        this.size += this.bytes.copy(this.kept, this.size, this.from, this.at);
        this.size += NULL.copy(this.kept, this.size);
        this.from = end;
      }
      /** Passes the comma before another item, or the end. */
      goesOn(close) {
        const byte = this.next();
        this.at++;
        if (byte === COMMA) return true;
        if (byte === close) return false;
        throw BROKEN;
      }
    };
    SHARED = import_node_buffer2.Buffer.allocUnsafeSlow(512 * 1024);
  }
});

// src/lib/lines.ts
function createLineCutter(maxBytes, read = (line3) => line3.toString("utf8")) {
  let begun = import_node_buffer3.Buffer.alloc(0);
  let size = 0;
  const keep = (part) => {
    if (size + part.length > maxBytes) throw new LineTooLongError(`a line of more than ${maxBytes} bytes`);
    if (size + part.length > begun.length) {
      const larger = import_node_buffer3.Buffer.allocUnsafeSlow(Math.max(FIRST_BYTES, 2 * (size + part.length)));
      begun.copy(larger, 0, 0, size);
      begun = larger;
    }
    begun.set(part, size);
    size += part.length;
  };
  const take = (last) => {
    if (size > 0) keep(last);
    else if (last.length > maxBytes) throw new LineTooLongError(`a line of more than ${maxBytes} bytes`);
    const line3 = size > 0 ? begun.subarray(0, size) : import_node_buffer3.Buffer.from(last.buffer, last.byteOffset, last.byteLength);
    size = 0;
    return read(line3.at(-1) === CARRIAGE_RETURN ? line3.subarray(0, -1) : line3);
  };
  return {
    feed(chunk) {
      const lines3 = [];
      let start = 0;
      for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, start)) {
        lines3.push(take(chunk.subarray(start, end)));
        start = end + 1;
      }
      if (start < chunk.length) keep(chunk.subarray(start));
      return lines3;
    },
    end: () => size > 0 ? [take(new Uint8Array())] : []
  };
}
var import_node_buffer3, LINE_FEED, CARRIAGE_RETURN, FIRST_BYTES, LineTooLongError;
var init_lines = __esm({
  "src/lib/lines.ts"() {
    "use strict";
    import_node_buffer3 = require("node:buffer");
    LINE_FEED = 10;
    CARRIAGE_RETURN = 13;
    FIRST_BYTES = 64 * 1024;
    LineTooLongError = class extends Error {
      name = "LineTooLongError";
    };
  }
});

// src/lib/no-proxy.ts
var import_node_net, bypassesProxy, matches, splitPort, inNetwork;
var init_no_proxy = __esm({
  "src/lib/no-proxy.ts"() {
    "use strict";
    import_node_net = require("node:net");
    bypassesProxy = (url, noProxy) => {
      const host = url.hostname.replace(/^\[|\]$/g, "").toLowerCase();
      const port = url.port === "" ? url.protocol === "https:" ? "443" : "80" : url.port;
      return noProxy.split(/[\s,]+/).filter((entry) => entry !== "").some((entry) => matches(host, port, entry.toLowerCase()));
    };
    matches = (host, port, entry) => {
      if (entry === "*") return true;
      if (entry.includes("/")) return inNetwork(host, entry);
      const { name, port: wanted } = splitPort(entry);
      if (wanted !== "" && wanted !== port) return false;
      if ((0, import_node_net.isIP)(name) !== 0 || (0, import_node_net.isIP)(host) !== 0) return name === host;
      const domain = name.replace(/^\*?\./, "");
      return host.endsWith(`.${domain}`) || domain === name && host === domain;
    };
    splitPort = (entry) => {
      const bracketed = /^\[([^\]]*)\](?::(\d+))?$/.exec(entry);
      if (bracketed !== null) return { name: bracketed[1] ?? "", port: bracketed[2] ?? "" };
      if ((0, import_node_net.isIP)(entry) !== 0) return { name: entry, port: "" };
      const colon = entry.lastIndexOf(":");
      return colon === -1 ? { name: entry, port: "" } : { name: entry.slice(0, colon), port: entry.slice(colon + 1) };
    };
    inNetwork = (host, entry) => {
      const [network = "", bits = ""] = entry.split("/");
      const family = (0, import_node_net.isIP)(network);
      const size = Number(bits);
      if (family === 0 || (0, import_node_net.isIP)(host) !== family || bits === "" || !(size >= 0 && size <= (family === 4 ? 32 : 128)))
        return false;
      const type = family === 4 ? "ipv4" : "ipv6";
      const list2 = new import_node_net.BlockList();
      list2.addSubnet(network, size, type);
      return list2.check(host, type);
    };
  }
});

// src/argocd/http/failures.ts
var NetworkError, BehindProxyError, UNTRUSTED, TRUST_HINT, networkFailure, causeCode, openSslCode;
var init_failures = __esm({
  "src/argocd/http/failures.ts"() {
    "use strict";
    init_json();
    NetworkError = class extends Error {
      name = "NetworkError";
      code;
      constructor(code2, message) {
        super(message);
        this.code = code2;
      }
    };
    BehindProxyError = class extends Error {
      name = "BehindProxyError";
      constructor(cause) {
        super("behind the proxy", { cause });
      }
    };
    UNTRUSTED = /* @__PURE__ */ new Set([
      "DEPTH_ZERO_SELF_SIGNED_CERT",
      "SELF_SIGNED_CERT_IN_CHAIN",
      "UNABLE_TO_GET_ISSUER_CERT",
      "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
      "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
      "CERT_UNTRUSTED",
      "CERT_SIGNATURE_FAILURE",
      "CERT_CHAIN_TOO_LONG",
      "INVALID_CA"
    ]);
    TRUST_HINT = "Give the PEM of the authority that signed it as `certificate-authority`. `insecure-skip-tls-verify: true` connects without proof of who answers.";
    networkFailure = (error2, server, proxy) => {
      const proxied = proxy !== void 0 && !(error2 instanceof BehindProxyError);
      const peer = proxied ? proxy : server;
      const code2 = causeCode(error2);
      const who = proxied ? `the proxy ${peer}` : peer;
      const proxyHint = proxied ? "Check HTTPS_PROXY, HTTP_PROXY and NO_PROXY." : "";
      const failed2 = (reason, hint = proxyHint) => ({ code: "network", reason, hint, sent: false });
      const tls2 = (reason, hint) => ({ code: "tls", reason, hint, sent: false });
      if (UNTRUSTED.has(code2))
        return tls2(
          `the certificate of ${who} is signed by an authority that is not trusted (${code2})`,
          proxied ? "Make Node.js trust it with NODE_EXTRA_CA_CERTS." : TRUST_HINT
        );
      switch (code2) {
        case "ECONNREFUSED":
          return failed2(`connection refused by ${who}`);
        case "ENOTFOUND":
          return failed2(`the host name of ${who} does not exist`);
        case "EAI_AGAIN":
          return failed2(`the host name of ${who} could not be looked up`);
        case "EHOSTUNREACH":
        case "ENETUNREACH":
          return failed2(`there is no route to ${who}`);
        case "ETIMEDOUT":
          return { code: "timeout", reason: `no connection to ${who} in time`, hint: proxyHint, sent: false };
        case "CERT_HAS_EXPIRED":
        case "CERT_NOT_YET_VALID":
          return tls2(
            `the certificate of ${who} is ${code2 === "CERT_HAS_EXPIRED" ? "expired" : "not valid yet"}`,
            "Renew it, or check the clock of this machine."
          );
        case "ERR_TLS_CERT_ALTNAME_INVALID":
          return tls2(
            `the certificate of ${who} is for another host name`,
            proxyHint || "Use a host name that the certificate is for."
          );
        case "ERR_SSL_WRONG_VERSION_NUMBER":
        case "ERR_SSL_PACKET_LENGTH_TOO_LONG":
          return tls2(`${who} does not speak TLS`, "If it serves plain HTTP, write the address with `http://`.");
        case "PROXY_REFUSED":
          return failed2(`${who} refused the connection`);
        case "PROXY_AUTHENTICATION":
          return failed2(`${who} asks for a user name and a password`);
        case "HPE_INVALID_CONSTANT":
        case "HPE_INVALID_VERSION":
          return {
            code: "not-the-api",
            reason: `${peer} does not speak HTTP`,
            hint: "Check scheme and port of the address.",
            sent: true
          };
      }
      if (/^ERR_SSL_.*(?:CERTIFICATE|HANDSHAKE|UNKNOWN_CA|ACCESS_DENIED)/.test(code2)) {
        return tls2(
          `${peer} did not accept our side of the TLS handshake (${code2})`,
          "Check `client-certificate` and `client-key`."
        );
      }
      if (code2.startsWith("ERR_SSL_") || code2.startsWith("ERR_TLS_") || code2 === "EPROTO") {
        return tls2(`the TLS handshake with ${peer} failed (${code2})`, "");
      }
      return {
        code: "network",
        reason: `the connection to ${who} broke${code2 === "" ? "" : ` (${code2})`}`,
        hint: "",
        sent: true
      };
    };
    causeCode = (error2) => {
      let found = "";
      let current = error2;
      for (let depth = 0; depth < 10 && isRecord(current); depth += 1) {
        if (text(current.code) !== "")
          found = text(current.code) === "EPROTO" ? openSslCode(text(current.message)) : text(current.code);
        const errors = current.errors;
        current = current.cause ?? (Array.isArray(errors) ? errors[0] : void 0);
      }
      return found;
    };
    openSslCode = (message) => {
      const reason = /:SSL routines:[^:]*:([^:]+):/.exec(message)?.[1];
      return reason === void 0 ? "EPROTO" : `ERR_SSL_${reason.toUpperCase().replace(/[^A-Z0-9]+/g, "_")}`;
    };
  }
});

// src/argocd/http/header.ts
var header;
var init_header = __esm({
  "src/argocd/http/header.ts"() {
    "use strict";
    header = ({ rawHeaders }, name) => {
      for (let at = 0; at < rawHeaders.length; at += 2) {
        const found = rawHeaders[at];
        if (found?.length === name.length && found.toLowerCase() === name) return rawHeaders[at + 1] ?? "";
      }
      return "";
    };
  }
});

// src/argocd/http/idle.ts
var MARGIN_MS, FIRST_PROBE_MS, closeIdle;
var init_idle = __esm({
  "src/argocd/http/idle.ts"() {
    "use strict";
    init_header();
    MARGIN_MS = 1e3;
    FIRST_PROBE_MS = 1e3;
    closeIdle = (agent, idleMs) => {
      const kept = /* @__PURE__ */ new WeakMap();
      const dueAt = /* @__PURE__ */ new WeakMap();
      let timer;
      let wakesAt = 0;
      let stopped2 = false;
      const wakeAt = (at) => {
        if (timer !== void 0 && wakesAt <= at) return;
        clearTimeout(timer);
        wakesAt = at;
        timer = setTimeout(sweep, at - performance.now()).unref();
      };
      const sweep = () => {
        timer = void 0;
        const now = performance.now();
        let next = Number.POSITIVE_INFINITY;
        for (const socket of Object.values(agent.freeSockets).flatMap((sockets) => sockets ?? [])) {
          const at = dueAt.get(socket) ?? now;
          if (at <= now) socket.destroy();
          else next = Math.min(next, at);
        }
        if (next < Number.POSITIVE_INFINITY) wakeAt(next);
      };
      agent.keepSocketAlive = (socket) => {
        const forMs = Math.min(idleMs, (kept.get(socket) ?? Number.POSITIVE_INFINITY) - MARGIN_MS);
        if (stopped2 || forMs <= 0) return false;
        if (!dueAt.has(socket)) socket.setKeepAlive(true, FIRST_PROBE_MS);
        socket.unref();
        const at = performance.now() + forMs;
        dueAt.set(socket, at);
        wakeAt(at);
        return true;
      };
      return {
        heard: (answer) => {
          const seconds = /\btimeout=(\d{1,9})/.exec(header(answer, "keep-alive"))?.[1];
          if (seconds !== void 0) kept.set(answer.socket, Number(seconds) * 1e3);
        },
        stop: () => {
          stopped2 = true;
          clearTimeout(timer);
        }
      };
    };
  }
});

// src/argocd/http/connections.ts
var import_node_crypto2, import_node_http, import_node_https, import_node_net2, import_node_tls, proxyFor, createSecureContext, IDLE_MS, withOneTarget, WITHOUT_BODY, written, createConnections, refusedByProxy;
var init_connections = __esm({
  "src/argocd/http/connections.ts"() {
    "use strict";
    import_node_crypto2 = require("node:crypto");
    import_node_http = __toESM(require("node:http"), 1);
    import_node_https = __toESM(require("node:https"), 1);
    import_node_net2 = require("node:net");
    import_node_tls = __toESM(require("node:tls"), 1);
    init_no_proxy();
    init_errors();
    init_failures();
    init_idle();
    proxyFor = (base, proxy) => {
      const value = base.protocol === "https:" ? proxy.https : proxy.http;
      if (value === "" || bypassesProxy(base, proxy.no)) return void 0;
      const url = URL.parse(value.includes("://") ? value : `http://${value}`);
      if (url === null || !["http:", "https:", "socks5:", "socks:"].includes(url.protocol)) {
        throw new ArgoCdError("configuration", "the address of the proxy is not a URL", {
          hint: `Write ${base.protocol === "https:" ? "HTTPS_PROXY" : "HTTP_PROXY"} as http://host:port.`
        });
      }
      return url;
    };
    createSecureContext = (base, settings) => {
      if (base.protocol !== "https:") return void 0;
      const given = settings.authorities.filter((pem2) => pem2.trim() !== "");
      for (const pem2 of given) {
        try {
          new import_node_crypto2.X509Certificate(pem2);
        } catch (cause) {
          throw new ArgoCdError("configuration", "the certificate authority is not a PEM certificate", {
            hint: "Give the whole block from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----.",
            cause
          });
        }
      }
      try {
        return import_node_tls.default.createSecureContext({
          ...given.length === 0 ? {} : { ca: settings.trustPublic ? [...import_node_tls.default.getCACertificates("default"), ...given] : given },
          ...settings.certificate === "" ? {} : { cert: settings.certificate },
          ...settings.key === "" ? {} : { key: settings.key }
        });
      } catch (cause) {
        throw new ArgoCdError("configuration", "the client certificate and its key cannot be used", {
          hint: "Both must be PEM, and the key must belong to the certificate.",
          cause
        });
      }
    };
    IDLE_MS = 2e4;
    withOneTarget = (agent) => {
      agent.getName = () => "the server";
      return agent;
    };
    WITHOUT_BODY = ["GET", "DELETE"];
    written = (host, { method, headers, body }) => {
      const all = ["host", host];
      for (const [name, value] of Object.entries(headers)) all.push(name, value);
      if (body !== void 0 || !WITHOUT_BODY.includes(method)) {
        all.push("content-length", String(Buffer.byteLength(body ?? "")));
      }
      return all;
    };
    createConnections = (options) => {
      const { base, context, proxy, connectTimeoutMs, idleMs = IDLE_MS } = options;
      const secure = base.protocol === "https:";
      const start = secure ? import_node_https.default.request : import_node_http.default.request;
      const pool = { keepAlive: true, maxSockets: options.limit ?? Number.POSITIVE_INFINITY };
      const host = base.hostname.replace(/^\[|\]$/g, "");
      const target = {
        host,
        // For agents that go through a proxy: otherwise they guess, and find no connection to use again.
        secureEndpoint: secure,
        port: base.port === "" ? secure ? 443 : 80 : Number(base.port),
        ...context === void 0 ? {} : {
          secureContext: context,
          rejectUnauthorized: !options.tls.insecureSkipVerify,
          servername: options.tls.serverName || ((0, import_node_net2.isIP)(host) === 0 ? host : "")
        }
      };
      const poolOf = (agent) => ({ agent, idle: closeIdle(agent, idleMs) });
      const direct = proxy === void 0 ? poolOf(withOneTarget(secure ? new import_node_https.default.Agent(pool) : new import_node_http.default.Agent(pool))) : void 0;
      let closed = false;
      let throughProxy;
      const poolTo = (way) => {
        throughProxy ??= import("./proxy.cjs").then(
          ({ createProxyAgent }) => poolOf(createProxyAgent(way, secure, pool))
        );
        return throughProxy;
      };
      const exchange = ({ agent, idle }, request, signal) => new Promise((resolve2, reject) => {
        let tunnelled = false;
        let answer;
        const { method, path: path5, body, onSent } = request;
        const headers = proxy === void 0 ? written(base.host, request) : request.headers;
        const sent = start({ ...target, agent, method, path: path5, headers });
        if (onSent !== void 0) sent.on("finish", onSent);
        sent.on("error", (error2) => reject(tunnelled ? new BehindProxyError(error2) : error2));
        sent.on("response", (response) => {
          answer = response;
          idle.heard(response);
          resolve2(response);
        });
        sent.on("proxyConnect", ({ statusCode }) => {
          if (statusCode === 200) tunnelled = true;
          else if (statusCode !== void 0) sent.destroy(refusedByProxy(statusCode));
        });
        sent.on("socket", (socket) => {
          tunnelled ||= proxy !== void 0 && secure;
          if (!socket.connecting) return;
          const timer = setTimeout(
            () => socket.destroy(new NetworkError("ETIMEDOUT", "no connection in time")),
            connectTimeoutMs
          );
          const connected = () => clearTimeout(timer);
          socket.once(secure ? "secureConnect" : "connect", connected);
          socket.once("close", connected);
        });
        const abort = () => {
          const error2 = new NetworkError("ABORT_ERR", "aborted");
          if (answer === void 0) sent.destroy(error2);
          else answer.destroy(error2);
        };
        signal.addEventListener("abort", abort, { once: true });
        if (signal.aborted) abort();
        sent.end(body);
      });
      return {
        send: async (request, signal) => {
          const from = direct ?? (proxy === void 0 ? void 0 : await poolTo(proxy));
          if (from === void 0 || closed || signal.aborted) throw new NetworkError("ABORT_ERR", "aborted");
          const answer = await exchange(from, request, signal);
          if (proxy !== void 0 && answer.statusCode === 407) {
            answer.destroy();
            throw refusedByProxy(answer.statusCode);
          }
          return answer;
        },
        close: () => {
          closed = true;
          const closePool = ({ agent, idle }) => {
            idle.stop();
            agent.destroy();
          };
          if (direct !== void 0) closePool(direct);
          throughProxy?.then(closePool, () => {
          });
        }
      };
    };
    refusedByProxy = (status) => new NetworkError(status === 407 ? "PROXY_AUTHENTICATION" : "PROXY_REFUSED", `the proxy answered ${status}`);
  }
});

// src/argocd/http/zip.ts
var import_node_stream, import_node_util, CHUNK_BYTES, SMALL_BYTES2, zlib, unzip, unzipping;
var init_zip = __esm({
  "src/argocd/http/zip.ts"() {
    "use strict";
    import_node_stream = require("node:stream");
    import_node_util = require("node:util");
    CHUNK_BYTES = 64 * 1024;
    SMALL_BYTES2 = 16 * 1024;
    zlib = () => process.getBuiltinModule("node:zlib");
    unzip = async (packed, limit) => {
      const { gunzip, gunzipSync } = zlib();
      const options = { maxOutputLength: limit };
      return packed.length < SMALL_BYTES2 ? gunzipSync(packed, options) : (0, import_node_util.promisify)(gunzip)(packed, options);
    };
    unzipping = (packed) => (0, import_node_stream.pipeline)(packed, zlib().createGunzip({ chunkSize: CHUNK_BYTES }), () => {
    });
  }
});

// src/argocd/http/http.ts
var MAX_BODY_BYTES, MAX_ERROR_BODY_BYTES, MAX_LINE_BYTES, MAX_MESSAGE, MAX_CONNECT_MS, TOLD_AFTER, TIMED_OUT, SILENT, createHttp, linked, link, listen, untilAborted, hostAndPort, pathOnly, statusOf, contentType, redirectTarget, retryAfterMs, eachChunk, readBody, isZipped, readItems, textOf, parseJson, parseErrorBody, serverMessage, meaningOf;
var init_http = __esm({
  "src/argocd/http/http.ts"() {
    "use strict";
    init_json();
    init_json_items();
    init_json_without();
    init_lines();
    init_printable();
    init_retry();
    init_errors();
    init_connections();
    init_failures();
    init_header();
    init_zip();
    MAX_BODY_BYTES = 256 * 1024 * 1024;
    MAX_ERROR_BODY_BYTES = 1024 * 1024;
    MAX_LINE_BYTES = 16 * 1024 * 1024;
    MAX_MESSAGE = 300;
    MAX_CONNECT_MS = 1e4;
    TOLD_AFTER = 2;
    TIMED_OUT = /* @__PURE__ */ Symbol("timed out");
    SILENT = /* @__PURE__ */ Symbol("silent");
    createHttp = (settings, deps) => {
      const base = new URL(settings.base);
      const proxy = proxyFor(base, settings.proxy);
      if (proxy !== void 0 && proxy.password !== "") deps.registerSecret(decodeURIComponent(proxy.password));
      const peer = proxy?.host ?? hostAndPort(base);
      const root = base.pathname.replace(/\/$/, "");
      const shown4 = `${base.origin}${root}`;
      const connectTimeoutMs = Math.min(settings.requestTimeoutMs, MAX_CONNECT_MS);
      let channels;
      const outdated = [];
      let closed = false;
      const channelsFor = (credentials) => {
        if (channels !== void 0 && channels.credentials.certificate === credentials.certificate && channels.credentials.key === credentials.key) {
          return channels;
        }
        const tls2 = { ...settings.tls, certificate: credentials.certificate, key: credentials.key };
        const context = createSecureContext(base, tls2);
        const old = channels;
        const common = { base, tls: tls2, context, proxy, connectTimeoutMs };
        channels = {
          credentials,
          requests: createConnections({ ...common, limit: deps.connections }),
          streams: createConnections({ ...common, limit: void 0 })
        };
        if (old !== void 0) outdated.push(old);
        return channels;
      };
      const headersFor = (call, credentials) => {
        const headers = { "user-agent": "gitopssync" };
        for (const [name, value] of settings.headers) headers[name.toLowerCase()] = value;
        headers.accept = call.accept ?? "application/json";
        if (call.contentType !== void 0) headers["content-type"] = call.contentType;
        if (call.anonymous !== true) {
          for (const [name, value] of Object.entries(credentials.headers)) headers[name.toLowerCase()] = value;
        }
        return headers;
      };
      const open2 = async (call, signal, kind, onSent) => {
        const given = settings.authenticate(signal);
        const credentials = given instanceof Promise ? await untilAborted(given, signal) : given;
        const headers = headersFor(call, credentials);
        if (kind === "requests" && call.method === "GET") headers["accept-encoding"] = "gzip";
        const body = call.body === void 0 ? void 0 : JSON.stringify(call.body);
        return channelsFor(credentials)[kind].send(
          { method: call.method, path: `${root}${call.path}`, headers, body, onSent },
          signal
        );
      };
      const log = (call, outcome, startedAt) => deps.log?.(
        `${call.method} ${oneLine(call.path, MAX_MESSAGE)} \u2192 ${outcome} in ${Math.round(deps.now() - startedAt)} ms`
      );
      const fail = (call, code2, reason, options = {}) => new ArgoCdError(code2, oneLine(`cannot ${call.action}: ${reason}`, MAX_MESSAGE), options);
      const notTheApi = (call, status, what) => fail(call, "not-the-api", `${shown4}${pathOnly(call.path)} answered ${status} with ${what}`, {
        status,
        hint: settings.wrongServerHint
      });
      const translate2 = (call, error2, outer, inner) => {
        if (error2 instanceof ArgoCdError) return error2;
        const write = call.method !== "GET";
        if (outer.aborted || closed) return fail(call, "aborted", "stopped", { ambiguous: write });
        if (inner.reason === TIMED_OUT) {
          return fail(call, "timeout", `no answer from ${peer} within ${settings.requestTimeoutMs / 1e3} s`, {
            ambiguous: write,
            hint: "Raise `request-timeout` if the server is only slow."
          });
        }
        if (error2 instanceof SyntaxError) return notTheApi(call, 200, "JSON that cannot be read");
        if (inner.reason === SILENT) return fail(call, "timeout", `nothing more was heard from ${peer}`);
        if (error2 instanceof LineTooLongError) return fail(call, "invalid", `${peer} sent ${error2.message}`);
        const failure = networkFailure(error2, hostAndPort(base), proxy?.host);
        return fail(call, failure.code, failure.reason, {
          hint: failure.hint,
          ambiguous: write && failure.sent,
          cause: error2
        });
      };
      const refused = async (call, response) => {
        const status = statusOf(response);
        const type = contentType(response);
        if (status >= 300 && status < 400) {
          response.resume();
          return notTheApi(call, status, `a redirect to ${redirectTarget(response, settings.base)}`);
        }
        const raw = (await readBody(response, MAX_ERROR_BODY_BYTES)).toString("utf8");
        const body = parseErrorBody(raw, type);
        const message = body === void 0 ? "" : oneLine(serverMessage(body), MAX_MESSAGE);
        const meaning = settings.explain({ call, status, message, body }) ?? meaningOf(status);
        const fits2 = body !== void 0 || status === 401 || status === 408 || status === 429 || status >= 500;
        if (!fits2 && meaning.message === void 0) return notTheApi(call, status, type === "" ? "no content type" : type);
        const words = meaning.message ?? (message === "" ? `${peer} answered ${status}` : message);
        return fail(call, meaning.code, words, {
          status,
          hint: meaning.hint ?? "",
          retryAfterMs: retryAfterMs(response),
          invalid: meaning.invalidFields === void 0 ? void 0 : { fields: meaning.invalidFields, reason: words },
          ambiguous: call.method !== "GET" && (status >= 500 || status === 408)
        });
      };
      const send = async (call, signal) => {
        const startedAt = deps.now();
        const { inner, release } = link(signal);
        const timer = setTimeout(() => inner.abort(TIMED_OUT), settings.requestTimeoutMs);
        let outcome = "no answer";
        try {
          if (signal.aborted || closed) throw fail(call, "aborted", "stopped");
          const response = await open2(call, inner.signal, "requests");
          const status = statusOf(response);
          outcome = String(status);
          if (status < 200 || status > 299) throw await refused(call, response);
          const type = contentType(response);
          const notJson = () => notTheApi(call, status, type === "" ? "no content type" : type);
          if (call.each !== void 0) {
            if (!type.includes("json")) throw notJson();
            return await readItems(response, MAX_BODY_BYTES, call.each);
          }
          const body = await readBody(response, MAX_BODY_BYTES);
          if (body.length === 0) return void 0;
          if (!type.includes("json")) throw notJson();
          return JSON.parse(textOf(body, call.without));
        } catch (error2) {
          const translated = translate2(call, error2, signal, inner.signal);
          if (translated.status === 0) outcome = translated.code;
          throw translated;
        } finally {
          clearTimeout(timer);
          release();
          log(call, outcome, startedAt);
        }
      };
      let noticed = false;
      const read = async (call, signal) => {
        let last;
        try {
          const answer = await retry(() => send(call, signal), {
            decide: (error2) => error2 instanceof ArgoCdError ? { again: isTransient(error2), afterMs: error2.retryAfterMs } : { again: false },
            delay: deps.delay,
            random: deps.random,
            signal,
            onRetry: (error2, attempt2, waitMs) => {
              if (!(error2 instanceof Error)) return;
              last = error2;
              deps.log?.(`attempt ${attempt2} failed, next in ${waitMs} ms: ${error2.message}`);
              if (noticed || attempt2 < TOLD_AFTER) return;
              noticed = true;
              deps.notice(`${error2.message}; trying again`);
            }
          });
          noticed = false;
          return answer;
        } catch (error2) {
          throw signal.aborted ? fail(call, "aborted", "stopped", last === void 0 ? {} : { cause: last }) : error2;
        }
      };
      const lines3 = async (call, options, onLine, signal) => {
        const startedAt = deps.now();
        const { inner, release } = link(signal);
        let timer;
        let outcome = "no answer";
        let thrown;
        const handOver = (all) => {
          try {
            for (const line3 of all) onLine(line3);
          } catch (error2) {
            thrown = { error: error2 };
            throw error2;
          }
        };
        try {
          if (signal.aborted || closed) throw fail(call, "aborted", "stopped");
          timer = options.promptHeaders ? setTimeout(() => inner.abort(TIMED_OUT), settings.requestTimeoutMs) : setTimeout(() => inner.abort(SILENT), options.inactivityMs);
          const response = await open2(call, inner.signal, "streams", options.onSent);
          clearTimeout(timer);
          const status = statusOf(response);
          outcome = String(status);
          const bad = status < 200 || status > 299;
          if (bad) timer = setTimeout(() => inner.abort(TIMED_OUT), settings.requestTimeoutMs);
          if (bad) throw await refused(call, response);
          const type = contentType(response);
          if (!type.includes("json") && !type.includes("event-stream")) {
            throw notTheApi(call, status, type === "" ? "no content type" : type);
          }
          log(call, `${outcome}, stream open`, startedAt);
          const silence = setTimeout(() => inner.abort(SILENT), options.inactivityMs);
          timer = silence;
          const cutter = createLineCutter(MAX_LINE_BYTES, (line3) => textOf(line3, call.without));
          await eachChunk(response, (chunk) => {
            handOver(cutter.feed(chunk));
            silence.refresh();
          });
          handOver(cutter.end());
          outcome = "stream ended";
        } catch (error2) {
          if (thrown !== void 0) throw thrown.error;
          const translated = translate2(call, error2, signal, inner.signal);
          if (translated.status === 0) outcome = translated.code;
          throw translated;
        } finally {
          clearTimeout(timer);
          inner.abort();
          release();
          log(call, outcome, startedAt);
        }
      };
      return {
        prepare: async (signal) => {
          const call = { action: "get credentials", method: "GET", path: "" };
          const { inner, release } = link(signal);
          const timer = setTimeout(() => inner.abort(TIMED_OUT), settings.requestTimeoutMs);
          try {
            const given = settings.authenticate(inner.signal);
            channelsFor(given instanceof Promise ? await untilAborted(given, inner.signal) : given);
          } catch (error2) {
            if (error2 instanceof ArgoCdError) throw error2;
            throw signal.aborted ? fail(call, "aborted", "stopped") : fail(call, "configuration", `none within ${settings.requestTimeoutMs / 1e3} s`, { cause: error2 });
          } finally {
            clearTimeout(timer);
            release();
          }
        },
        send,
        read,
        lines: lines3,
        close: async () => {
          closed = true;
          const open3 = channels === void 0 ? outdated : [...outdated, channels];
          channels = void 0;
          for (const { requests, streams } of open3) {
            requests.close();
            streams.close();
          }
        }
      };
    };
    linked = /* @__PURE__ */ new WeakMap();
    link = (outer) => {
      const inner = new AbortController();
      if (outer.aborted) inner.abort(outer.reason);
      const shared = linked.get(outer) ?? listen(outer);
      shared.inner.add(inner);
      const release = () => {
        shared.inner.delete(inner);
        if (shared.inner.size === 0) shared.forget();
      };
      return { inner, release };
    };
    listen = (outer) => {
      const inner = /* @__PURE__ */ new Set();
      const abort = () => {
        for (const controller of inner) controller.abort(outer.reason);
      };
      outer.addEventListener("abort", abort, { once: true });
      const forget = () => {
        linked.delete(outer);
        outer.removeEventListener("abort", abort);
      };
      const link2 = { inner, forget };
      linked.set(outer, link2);
      return link2;
    };
    untilAborted = async (work, signal) => {
      const { promise, reject } = Promise.withResolvers();
      const abort = () => reject(signal.reason);
      if (signal.aborted) abort();
      signal.addEventListener("abort", abort, { once: true });
      try {
        return await Promise.race([work, promise]);
      } finally {
        signal.removeEventListener("abort", abort);
        promise.catch(() => {
        });
      }
    };
    hostAndPort = (url) => url.port === "" ? `${url.hostname}:${url.protocol === "https:" ? 443 : 80}` : url.host;
    pathOnly = (path5) => path5.split("?", 1)[0] ?? "";
    statusOf = (response) => response.statusCode ?? 0;
    contentType = (response) => (header(response, "content-type").split(";", 1)[0] ?? "").trim().toLowerCase();
    redirectTarget = (response, base) => {
      const target = URL.parse(header(response, "location"), base);
      return target === null ? "nowhere" : `${target.origin}${target.pathname}`;
    };
    retryAfterMs = (response) => {
      const value = header(response, "retry-after").trim();
      if (/^\d{1,9}$/.test(value)) return Number(value) * 1e3;
      const wait = Date.parse(value) - Date.parse(header(response, "date"));
      return Number.isNaN(wait) ? void 0 : Math.max(0, wait);
    };
    eachChunk = (response, onChunk) => new Promise((resolve2, reject) => {
      response.on("data", (chunk) => {
        if (response.destroyed) return;
        try {
          onChunk(chunk);
        } catch (error2) {
          reject(error2);
          response.destroy();
        }
      });
      response.on("end", resolve2);
      response.on("error", reject);
      response.on("close", () => {
        if (!response.complete) reject(new NetworkError("ECONNRESET", "closed before its end"));
      });
    });
    readBody = async (response, limit) => {
      const chunks = [];
      let size = 0;
      await eachChunk(response, (chunk) => {
        size += chunk.length;
        if (size > limit) throw new LineTooLongError(`more than ${limit / 1024 / 1024} MiB`);
        chunks.push(chunk);
      });
      const whole3 = chunks.length === 1 && chunks[0] !== void 0 ? chunks[0] : Buffer.concat(chunks);
      return isZipped(response) && whole3.length > 0 ? unzip(whole3, limit) : whole3;
    };
    isZipped = (response) => header(response, "content-encoding").toLowerCase() === "gzip";
    readItems = async (response, limit, each) => {
      const { member: member2, without, keep } = each;
      const reader = createItemReader(member2, {
        bytes: (item) => keep(JSON.parse(textWithout(item, without))),
        value: keep
      });
      const source = isZipped(response) ? unzipping(response) : response;
      let size = 0;
      for await (const chunk of source) {
        size += chunk.length;
        if (size > limit) throw new LineTooLongError(`more than ${limit / 1024 / 1024} MiB`);
        reader.feed(chunk);
      }
      return size === 0 ? void 0 : reader.end();
    };
    textOf = (body, without) => without === void 0 ? body.toString("utf8") : textWithout(body, without);
    parseJson = (raw) => {
      try {
        return JSON.parse(raw);
      } catch {
        return void 0;
      }
    };
    parseErrorBody = (raw, type) => {
      const parsed = parseJson(type.includes("event-stream") ? raw.trim().replace(/^data:/, "") : raw);
      return isRecord(parsed) ? parsed : void 0;
    };
    serverMessage = (body) => {
      const object = record(body);
      return text(object.message) || text(record(object.error).message) || text(object.error);
    };
    meaningOf = (status) => {
      switch (status) {
        case 401:
          return { code: "unauthenticated" };
        case 403:
          return { code: "forbidden" };
        case 404:
          return { code: "not-found" };
        case 409:
          return { code: "conflict" };
        case 410:
          return { code: "expired" };
        case 408:
        case 429:
          return { code: "unavailable" };
        default:
          return { code: status >= 500 ? "unavailable" : "invalid" };
      }
    };
  }
});

// src/argocd/kubernetes/credentials.ts
var import_node_buffer4, import_node_fs, TOKEN_FILE_MS, authenticator, pemOf, readText, impersonation, fixed, execInfo, plugin, pem, pluginError;
var init_credentials = __esm({
  "src/argocd/kubernetes/credentials.ts"() {
    "use strict";
    import_node_buffer4 = require("node:buffer");
    import_node_fs = require("node:fs");
    init_json();
    init_printable();
    init_errors();
    TOKEN_FILE_MS = 6e4;
    authenticator = (target, deps) => {
      const user = target.user.value;
      const secrets = /* @__PURE__ */ new Set();
      let registered;
      const register = (credentials) => {
        if (credentials === registered) return credentials;
        registered = credentials;
        for (const value of [credentials.headers.Authorization?.replace(/^\w+ /, "") ?? "", credentials.key]) {
          if (value !== "" && !secrets.has(value)) deps.registerSecret(value);
          secrets.add(value);
        }
        return credentials;
      };
      if (!isRecord(user.exec) && !isRecord(user["auth-provider"])) {
        const read = fixed(user, deps);
        return () => register(read());
      }
      const ask = plugin(target);
      let current;
      return () => {
        current ??= ask().then(register).finally(() => {
          current = void 0;
        });
        return current;
      };
    };
    pemOf = (holder, field) => {
      const data = text(holder[`${field}-data`]);
      if (data !== "") return import_node_buffer4.Buffer.from(data, "base64").toString("utf8");
      const file = text(holder[field]);
      return file === "" ? "" : readText(file, field);
    };
    readText = (file, field) => {
      try {
        return (0, import_node_fs.readFileSync)(file, "utf8");
      } catch (cause) {
        throw new ArgoCdError("configuration", `the kubeconfig's ${field} ${file} cannot be read`, { cause });
      }
    };
    impersonation = (user) => {
      const as = text(user.as);
      return as === "" ? {} : { "Impersonate-User": as };
    };
    fixed = (user, deps) => {
      const tokenFile = text(user.tokenFile);
      const username = text(user.username);
      let readAt = Number.NEGATIVE_INFINITY;
      const certificate2 = pemOf(user, "client-certificate");
      const key = pemOf(user, "client-key");
      const having = (token) => {
        const authorization = token !== "" ? `Bearer ${token}` : username === "" ? "" : `Basic ${import_node_buffer4.Buffer.from(`${username}:${text(user.password)}`).toString("base64")}`;
        return {
          headers: { ...impersonation(user), ...authorization === "" ? {} : { Authorization: authorization } },
          certificate: certificate2,
          key
        };
      };
      let current = having(text(user.token));
      return () => {
        if (tokenFile !== "" && deps.now() - readAt > TOKEN_FILE_MS) {
          current = having(readText(tokenFile, "tokenFile").trim());
          readAt = deps.now();
        }
        return current;
      };
    };
    execInfo = (target, exec2) => {
      const cluster = target.cluster.value;
      const shown4 = ["server", "tls-server-name", "insecure-skip-tls-verify", "certificate-authority-data", "proxy-url"];
      return JSON.stringify({
        apiVersion: text(exec2.apiVersion),
        kind: "ExecCredential",
        spec: {
          interactive: false,
          ...exec2.provideClusterInfo === true ? { cluster: Object.fromEntries(shown4.filter((name) => name in cluster).map((name) => [name, cluster[name]])) } : {}
        }
      });
    };
    plugin = (target) => {
      const { exec: exec2, ...rest } = target.user.value;
      const user = isRecord(exec2) ? {
        ...rest,
        exec: {
          ...exec2,
          env: [...list(exec2.env), { name: "KUBERNETES_EXEC_INFO", value: execInfo(target, exec2) }]
        }
      } : target.user.value;
      const name = isRecord(exec2) ? `the exec plugin ${oneLine(text(exec2.command), 100)}` : `the auth provider ${oneLine(text(record(target.user.value["auth-provider"]).name), 100)}`;
      let library;
      const load = async () => {
        const { KubeConfig } = await import("./kubernetes-auth.cjs");
        const config = new KubeConfig();
        config.loadFromString(
          JSON.stringify({
            clusters: [{ name: "cluster", cluster: { server: "https://cluster.invalid" } }],
            users: [{ name: "user", user }],
            contexts: [{ name: "context", context: { cluster: "cluster", user: "user" } }],
            "current-context": "context"
          })
        );
        return config;
      };
      return async () => {
        const options = {};
        try {
          library ??= load();
          await (await library).applyToHTTPSOptions(options);
        } catch (cause) {
          throw pluginError(name, cause);
        }
        const headers = record(options.headers);
        const authorization = text(headers.Authorization);
        return {
          headers: {
            ...impersonation(target.user.value),
            ...authorization === "" ? {} : { Authorization: authorization }
          },
          certificate: pem(options.cert),
          key: pem(options.key)
        };
      };
    };
    pem = (value) => import_node_buffer4.Buffer.isBuffer(value) ? value.toString("utf8") : text(value);
    pluginError = (name, cause) => {
      const missing = isRecord(cause) && cause.code === "ENOENT";
      if (missing) {
        return new ArgoCdError("configuration", `${name} is not installed`, {
          hint: "Install it in an earlier step, or use a kubeconfig with a token.",
          cause
        });
      }
      if (cause instanceof SyntaxError) return new ArgoCdError("configuration", `${name} printed no ExecCredential`);
      const said2 = cause instanceof Error ? oneLine(cause.message, 200) : "";
      return new ArgoCdError("configuration", `${name} gave no credentials${said2 === "" ? "" : `: ${said2}`}`, { cause });
    };
  }
});

// src/argocd/kubernetes/errors.ts
var FORBIDDEN, VERBS, kubernetesMeaning, fieldsNotValid;
var init_errors2 = __esm({
  "src/argocd/kubernetes/errors.ts"() {
    "use strict";
    init_json();
    init_printable();
    init_errors();
    init_http();
    FORBIDDEN = /cannot (\S+) resource "([^"]+)" in API group "([^"]*)"(?: in the namespace "([^"]+)"| at the cluster scope)?/;
    VERBS = '["get", "list", "watch", "patch"]';
    kubernetesMeaning = ({ status, message, body }) => {
      switch (status) {
        case 401:
          return {
            code: "unauthenticated",
            message: "the Kubernetes API does not accept the credentials of the kubeconfig",
            hint: "The token or client certificate may have expired, or belong to another cluster."
          };
        case 403: {
          const [, , resource = "", group = "", namespace] = FORBIDDEN.exec(message) ?? [];
          if (resource === "") return { code: "forbidden" };
          const role = namespace === void 0 ? "a ClusterRole" : `a Role in namespace ${namespace}`;
          return {
            code: "forbidden",
            message: message.replace(/^.* is forbidden: /, ""),
            hint: `Give it ${role} with the rule apiGroups: ["${group}"], resources: ["${resource}"], verbs: ${VERBS}.`
          };
        }
        case 404:
          return text(record(body).kind) === "Status" ? { code: "not-found" } : {
            code: "not-the-api",
            message: "the server has no Applications (argoproj.io/v1alpha1)",
            hint: "Is Argo CD installed in this cluster, and is this the right context?"
          };
        default: {
          const invalidFields = fieldsNotValid(status, body);
          const { code: code2 } = meaningOf(status);
          const invalid2 = invalidFields === void 0 ? {} : { invalidFields };
          const whole3 = text(record(body).message);
          const quoted2 = whole3.lastIndexOf('}": ');
          return quoted2 < 0 || !whole3.includes('Invalid value: "{') ? { code: code2, ...invalid2 } : { code: code2, message: oneLine(whole3.slice(quoted2 + 4), 300), ...invalid2 };
        }
      }
    };
    fieldsNotValid = (status, body) => {
      if (status !== 400 && status !== 422) return void 0;
      const message = text(record(body).message);
      if (message.startsWith('admission webhook "')) return void 0;
      const named = list(record(record(body).details).causes).flatMap((cause) => text(record(cause).field) || []);
      const decoding = message.slice(message.lastIndexOf('}": ') + 1);
      const decoded = [...decoding.matchAll(/(?:unknown|duplicate) field "([^"]{1,500})"/g)].flatMap(
        ([, field]) => field ?? []
      );
      const notDecoded = decoded.length > 0 || decoding.includes(" cannot be handled as a");
      if (named.length === 0 && !notDecoded) return void 0;
      return [...decoded, ...named.filter((field) => field !== "patch" && field !== "<nil>")];
    };
  }
});

// src/lib/nearest.ts
var editDistance, nearest;
var init_nearest = __esm({
  "src/lib/nearest.ts"() {
    "use strict";
    editDistance = (a, b, limit) => {
      if (Math.abs(a.length - b.length) > limit) return limit + 1;
      let beforePrevious = [];
      let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
      for (let i = 1; i <= a.length; i++) {
        const current = [i];
        let best = i;
        for (let j = 1; j <= b.length; j++) {
          const same = a[i - 1] === b[j - 1];
          let cost = Math.min((previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + (same ? 0 : 1));
          if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
            cost = Math.min(cost, (beforePrevious[j - 2] ?? 0) + 1);
          }
          current.push(cost);
          best = Math.min(best, cost);
        }
        if (best > limit) return limit + 1;
        beforePrevious = previous;
        previous = current;
      }
      return Math.min(previous[b.length] ?? 0, limit + 1);
    };
    nearest = (text5, candidates, count) => {
      const wanted = text5.toLowerCase();
      const limit = Math.max(1, Math.floor(wanted.length / 3));
      const near = [];
      for (const candidate of candidates) {
        const other = candidate.toLowerCase();
        const part = wanted.length >= 3 && (other.startsWith(wanted) || other.endsWith(wanted));
        const distance = Math.min(editDistance(wanted, other, limit), part ? limit : limit + 1);
        if (distance <= limit) near.push({ candidate, distance });
      }
      return near.sort((a, b) => a.distance - b.distance || (a.candidate < b.candidate ? -1 : a.candidate > b.candidate ? 1 : 0)).slice(0, count).map((item) => item.candidate);
    };
  }
});

// node_modules/js-yaml/dist/js-yaml.mjs
function defineScalarTag(tagName, options) {
  return {
    tagName,
    nodeKind: "scalar",
    implicit: options.implicit ?? false,
    matchByTagPrefix: options.matchByTagPrefix ?? false,
    implicitFirstChars: options.implicitFirstChars ?? null,
    resolve: options.resolve,
    identify: options.identify,
    represent: options.represent ?? ((data) => String(data)),
    representTagName: options.representTagName ?? (() => tagName)
  };
}
function defineSequenceTag(tagName, options) {
  const carrierIsResult = options.finalize === void 0;
  return {
    tagName,
    nodeKind: "sequence",
    implicit: false,
    matchByTagPrefix: options.matchByTagPrefix ?? false,
    create: options.create,
    addItem: options.addItem,
    finalize: options.finalize ?? ((carrier) => carrier),
    carrierIsResult,
    identify: options.identify,
    represent: options.represent ?? ((data) => data),
    representTagName: options.representTagName ?? (() => tagName)
  };
}
function defineMappingTag(tagName, options) {
  const carrierIsResult = options.finalize === void 0;
  return {
    tagName,
    nodeKind: "mapping",
    implicit: false,
    matchByTagPrefix: options.matchByTagPrefix ?? false,
    create: options.create,
    addPair: options.addPair,
    has: options.has,
    keys: options.keys,
    get: options.get,
    finalize: options.finalize ?? ((carrier) => carrier),
    carrierIsResult,
    identify: options.identify,
    represent: options.represent ?? ((data) => data),
    representTagName: options.representTagName ?? (() => tagName)
  };
}
function parseYamlInteger$2(source) {
  let value = source;
  let sign = 1;
  if (value[0] === "-" || value[0] === "+") {
    if (value[0] === "-") sign = -1;
    value = value.slice(1);
  }
  if (value.startsWith("0b")) return sign * parseInt(value.slice(2), 2);
  if (value.startsWith("0o")) return sign * parseInt(value.slice(2), 8);
  if (value.startsWith("0x")) return sign * parseInt(value.slice(2), 16);
  return sign * parseInt(value, 10);
}
function resolveYamlInteger$2(source, isExplicit) {
  if (isExplicit) {
    if (!YAML_INTEGER_EXPLICIT_PATTERN$1.test(source)) return NOT_RESOLVED;
  } else if (!YAML_INTEGER_IMPLICIT_PATTERN$1.test(source)) return NOT_RESOLVED;
  const result = parseYamlInteger$2(source);
  return Number.isFinite(result) ? result : NOT_RESOLVED;
}
function parseYamlInteger$1(source) {
  let value = source;
  let sign = 1;
  if (value[0] === "-" || value[0] === "+") {
    if (value[0] === "-") sign = -1;
    value = value.slice(1);
  }
  if (value.startsWith("0b")) return sign * parseInt(value.slice(2), 2);
  if (value.startsWith("0o")) return sign * parseInt(value.slice(2), 8);
  if (value.startsWith("0x")) return sign * parseInt(value.slice(2), 16);
  return sign * parseInt(value, 10);
}
function resolveYamlInteger$1(source, isExplicit) {
  if (isExplicit) {
    if (!YAML_INTEGER_EXPLICIT_PATTERN.test(source)) return NOT_RESOLVED;
  } else if (!YAML_INTEGER_IMPLICIT_PATTERN.test(source)) return NOT_RESOLVED;
  const result = parseYamlInteger$1(source);
  return Number.isFinite(result) ? result : NOT_RESOLVED;
}
function parseYamlInteger(source) {
  let value = source.replace(/_/g, "");
  let sign = 1;
  if (value[0] === "-" || value[0] === "+") {
    if (value[0] === "-") sign = -1;
    value = value.slice(1);
  }
  if (value.startsWith("0b")) return sign * parseInt(value.slice(2), 2);
  if (value.startsWith("0x")) return sign * parseInt(value.slice(2), 16);
  if (value.includes(":")) {
    let result = 0;
    for (const part of value.split(":")) result = result * 60 + Number(part);
    return sign * result;
  }
  if (value !== "0" && value[0] === "0") return sign * parseInt(value, 8);
  return sign * parseInt(value, 10);
}
function resolveYamlInteger(source) {
  if (!YAML_INTEGER_PATTERN.test(source)) return NOT_RESOLVED;
  const result = parseYamlInteger(source);
  return Number.isFinite(result) ? result : NOT_RESOLVED;
}
function resolveYamlFloat$2(source) {
  if (!YAML_FLOAT_PATTERN$1.test(source)) return NOT_RESOLVED;
  let value = source.toLowerCase();
  const sign = value[0] === "-" ? -1 : 1;
  if ("+-".includes(value[0])) value = value.slice(1);
  if (value === ".inf") return sign === 1 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  if (value === ".nan") return NaN;
  const result = sign * parseFloat(value);
  if (Number.isFinite(result) || YAML_FLOAT_SPECIAL_PATTERN$1.test(source)) return result;
  return NOT_RESOLVED;
}
function representYamlFloat$2(object) {
  if (isNaN(object)) return ".nan";
  if (object === Number.POSITIVE_INFINITY) return ".inf";
  if (object === Number.NEGATIVE_INFINITY) return "-.inf";
  if (Object.is(object, -0)) return "-0.0";
  const result = object.toString(10);
  return /^[-+]?[0-9]+e/.test(result) ? result.replace("e", ".e") : result;
}
function resolveYamlFloat$1(source, isExplicit) {
  if (isExplicit) {
    if (!YAML_FLOAT_EXPLICIT_PATTERN.test(source)) return NOT_RESOLVED;
    let value = source.toLowerCase();
    const sign = value[0] === "-" ? -1 : 1;
    if ("+-".includes(value[0])) value = value.slice(1);
    if (value === ".inf") return sign === 1 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
    if (value === ".nan") return NaN;
    const result2 = sign * parseFloat(value);
    return Number.isFinite(result2) ? result2 : NOT_RESOLVED;
  }
  if (!YAML_FLOAT_IMPLICIT_PATTERN.test(source)) return NOT_RESOLVED;
  const result = Number(source);
  if (Number.isFinite(result)) return result;
  return NOT_RESOLVED;
}
function representYamlFloat$1(object) {
  if (isNaN(object)) return ".nan";
  if (object === Number.POSITIVE_INFINITY) return ".inf";
  if (object === Number.NEGATIVE_INFINITY) return "-.inf";
  if (Object.is(object, -0)) return "-0.0";
  const result = object.toString(10);
  return /^[-+]?[0-9]+e/.test(result) ? result.replace("e", ".e") : result;
}
function resolveYamlFloat(source) {
  if (!YAML_FLOAT_PATTERN.test(source)) return NOT_RESOLVED;
  let value = source.toLowerCase().replace(/_/g, "");
  const sign = value[0] === "-" ? -1 : 1;
  if ("+-".includes(value[0])) value = value.slice(1);
  if (value === ".inf") return sign === 1 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  if (value === ".nan") return NaN;
  let result = 0;
  if (value.includes(":")) {
    for (const part of value.split(":")) result = result * 60 + Number(part);
    result *= sign;
  } else result = sign * parseFloat(value);
  if (Number.isFinite(result) || YAML_FLOAT_SPECIAL_PATTERN.test(source)) return result;
  return NOT_RESOLVED;
}
function representYamlFloat(object) {
  if (isNaN(object)) return ".nan";
  if (object === Number.POSITIVE_INFINITY) return ".inf";
  if (object === Number.NEGATIVE_INFINITY) return "-.inf";
  if (Object.is(object, -0)) return "-0.0";
  const result = object.toString(10);
  return /^[-+]?[0-9]+e/.test(result) ? result.replace("e", ".e") : result;
}
function resolveYamlBinary(source) {
  const input = source.replace(/\s/g, "");
  if (input.length % 4 !== 0 || !BASE64_PATTERN.test(input)) return NOT_RESOLVED;
  const binary = atob(input);
  const result = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index++) result[index] = binary.charCodeAt(index);
  return result;
}
function representYamlBinary(object) {
  let binary = "";
  for (let index = 0; index < object.length; index++) binary += String.fromCharCode(object[index]);
  return btoa(binary);
}
function makeUtcDate(year, month, day, hour = 0, minute = 0, second = 0, fraction = 0) {
  const date = new Date(Date.UTC(year, month, day, hour, minute, second, fraction));
  date.setUTCFullYear(year, month, day);
  return date;
}
function resolveYamlTimestamp(source) {
  let match = YAML_DATE_REGEXP.exec(source);
  if (match === null) match = YAML_TIMESTAMP_REGEXP.exec(source);
  if (match === null) return NOT_RESOLVED;
  const year = +match[1];
  const month = +match[2] - 1;
  const day = +match[3];
  if (!match[4]) {
    const date2 = makeUtcDate(year, month, day);
    if (date2.getUTCFullYear() !== year || date2.getUTCMonth() !== month || date2.getUTCDate() !== day) return NOT_RESOLVED;
    return date2;
  }
  const hour = +match[4];
  const minute = +match[5];
  const second = +match[6];
  let fraction = 0;
  if (hour > 23 || minute > 59 || second > 59) return NOT_RESOLVED;
  if (match[7]) {
    let value = match[7].slice(0, 3);
    while (value.length < 3) value += "0";
    fraction = +value;
  }
  const date = makeUtcDate(year, month, day, hour, minute, second, fraction);
  if (date.getUTCFullYear() !== year || date.getUTCMonth() !== month || date.getUTCDate() !== day) return NOT_RESOLVED;
  if (match[9]) {
    const offsetHour = +match[10];
    const offsetMinute = +(match[11] || 0);
    if (offsetHour > 23 || offsetMinute > 59) return NOT_RESOLVED;
    const offset = (offsetHour * 60 + offsetMinute) * 6e4;
    date.setTime(date.getTime() - (match[9] === "-" ? -offset : offset));
  }
  return date;
}
function isPlainObject(data) {
  if (data === null || typeof data !== "object" || Array.isArray(data)) return false;
  const prototype = Object.getPrototypeOf(data);
  return prototype === null || prototype === Object.prototype;
}
function pick(object, keys) {
  const result = {};
  for (const key of keys) if (object[key] !== void 0) result[key] = object[key];
  return result;
}
function createTagDefinitionMap() {
  return {
    scalar: /* @__PURE__ */ Object.create(null),
    sequence: /* @__PURE__ */ Object.create(null),
    mapping: /* @__PURE__ */ Object.create(null)
  };
}
function createTagDefinitionListMap() {
  return {
    scalar: [],
    sequence: [],
    mapping: []
  };
}
function compileTags(tags) {
  const result = [];
  for (const tag of tags) {
    let index = result.length;
    for (let previousIndex = 0; previousIndex < result.length; previousIndex++) {
      const previous = result[previousIndex];
      if (previous.nodeKind === tag.nodeKind && previous.tagName === tag.tagName && previous.matchByTagPrefix === tag.matchByTagPrefix) {
        index = previousIndex;
        break;
      }
    }
    result[index] = tag;
  }
  return result;
}
function normalizeKey(key) {
  if (Array.isArray(key)) {
    const array2 = Array.prototype.slice.call(key);
    for (let index = 0; index < array2.length; index++) {
      if (Array.isArray(array2[index])) return null;
      if (typeof array2[index] === "object" && Object.prototype.toString.call(array2[index]) === "[object Object]") array2[index] = "[object Object]";
    }
    return String(array2);
  }
  if (typeof key === "object" && Object.prototype.toString.call(key) === "[object Object]") return "[object Object]";
  return String(key);
}
function getLine(buffer, lineStart2, lineEnd, position, maxLineLength) {
  let head = "";
  let tail = "";
  const maxHalfLength = Math.floor(maxLineLength / 2) - 1;
  if (position - lineStart2 > maxHalfLength) {
    head = " ... ";
    lineStart2 = position - maxHalfLength + head.length;
  }
  if (lineEnd - position > maxHalfLength) {
    tail = " ...";
    lineEnd = position + maxHalfLength - tail.length;
  }
  return {
    str: head + buffer.slice(lineStart2, lineEnd).replace(/\t/g, "\u2192") + tail,
    pos: position - lineStart2 + head.length
  };
}
function padStart(string, max) {
  return " ".repeat(Math.max(max - string.length, 0)) + string;
}
function makeSnippet(mark, options) {
  if (!mark.buffer) return null;
  const opts = {
    ...DEFAULT_SNIPPET_OPTIONS,
    ...options
  };
  const re = /\r?\n|\r|\0/g;
  const lineStarts = [0];
  const lineEnds = [];
  let match;
  let foundLineNo = -1;
  while (match = re.exec(mark.buffer)) {
    lineEnds.push(match.index);
    lineStarts.push(match.index + match[0].length);
    if (mark.position <= match.index && foundLineNo < 0) foundLineNo = lineStarts.length - 2;
  }
  if (foundLineNo < 0) foundLineNo = lineStarts.length - 1;
  let result = "";
  const lineNoLength = Math.min(mark.line + opts.linesAfter, lineEnds.length).toString().length;
  const maxLineLength = opts.maxLength - (opts.indent + lineNoLength + 3);
  for (let i = 1; i <= opts.linesBefore; i++) {
    if (foundLineNo - i < 0) break;
    const line4 = getLine(mark.buffer, lineStarts[foundLineNo - i], lineEnds[foundLineNo - i], mark.position - (lineStarts[foundLineNo] - lineStarts[foundLineNo - i]), maxLineLength);
    result = `${" ".repeat(opts.indent)}${padStart((mark.line - i + 1).toString(), lineNoLength)} | ${line4.str}
${result}`;
  }
  const line3 = getLine(mark.buffer, lineStarts[foundLineNo], lineEnds[foundLineNo], mark.position, maxLineLength);
  result += `${" ".repeat(opts.indent)}${padStart((mark.line + 1).toString(), lineNoLength)} | ${line3.str}
`;
  result += `${"-".repeat(opts.indent + lineNoLength + 3 + line3.pos)}^
`;
  for (let i = 1; i <= opts.linesAfter; i++) {
    if (foundLineNo + i >= lineEnds.length) break;
    const line4 = getLine(mark.buffer, lineStarts[foundLineNo + i], lineEnds[foundLineNo + i], mark.position - (lineStarts[foundLineNo] - lineStarts[foundLineNo + i]), maxLineLength);
    result += `${" ".repeat(opts.indent)}${padStart((mark.line + i + 1).toString(), lineNoLength)} | ${line4.str}
`;
  }
  return result.replace(/\n$/, "");
}
function formatError(exception, compact) {
  let where = "";
  if (!exception.mark) return exception.reason;
  if (exception.mark.name) where += `in "${exception.mark.name}" `;
  where += `(${exception.mark.line + 1}:${exception.mark.column + 1})`;
  if (!compact && exception.mark.snippet) where += `

${exception.mark.snippet}`;
  return `${exception.reason} ${where}`;
}
function simpleEscapeSequence(c) {
  switch (c) {
    case 48:
      return "\0";
    case 97:
      return "\x07";
    case 98:
      return "\b";
    case 116:
      return "	";
    case 9:
      return "	";
    case 110:
      return "\n";
    case 118:
      return "\v";
    case 102:
      return "\f";
    case 114:
      return "\r";
    case 101:
      return "\x1B";
    case 32:
      return " ";
    case 34:
      return '"';
    case 47:
      return "/";
    case 92:
      return "\\";
    case 78:
      return "\x85";
    case 95:
      return "\xA0";
    case 76:
      return "\u2028";
    case 80:
      return "\u2029";
    default:
      return "";
  }
}
function charFromCodepoint(c) {
  if (c <= 65535) return String.fromCharCode(c);
  return String.fromCharCode((c - 65536 >> 10) + 55296, (c - 65536 & 1023) + 56320);
}
function fromHexCode$1(c) {
  if (c >= 48 && c <= 57) return c - 48;
  return (c | 32) - 97 + 10;
}
function escapedHexLen$1(c) {
  if (c === 120) return 2;
  if (c === 117) return 4;
  return 8;
}
function skipFoldedBreaks(input, position, end) {
  let breaks = 0;
  while (position < end) {
    const ch = input.charCodeAt(position);
    if (ch === 10) {
      breaks++;
      position++;
    } else if (ch === 13) {
      breaks++;
      position++;
      if (input.charCodeAt(position) === 10) position++;
    } else if (ch === 32 || ch === 9) position++;
    else break;
  }
  return {
    position,
    breaks
  };
}
function foldedBreaks(count) {
  if (count === 1) return " ";
  return "\n".repeat(count - 1);
}
function getPlainValue(input, start, end) {
  let result = "";
  let position = start;
  let captureStart = start;
  let captureEnd = start;
  while (position < end) {
    const ch = input.charCodeAt(position);
    if (ch === 10 || ch === 13) {
      result += input.slice(captureStart, captureEnd);
      const fold = skipFoldedBreaks(input, position, end);
      result += foldedBreaks(fold.breaks);
      position = captureStart = captureEnd = fold.position;
    } else {
      position++;
      if (ch !== 32 && ch !== 9) captureEnd = position;
    }
  }
  return result + input.slice(captureStart, captureEnd);
}
function getSingleQuotedValue(input, start, end) {
  let result = "";
  let position = start;
  let captureStart = start;
  let captureEnd = start;
  while (position < end) {
    const ch = input.charCodeAt(position);
    if (ch === 39) {
      result += input.slice(captureStart, position) + "'";
      position += 2;
      captureStart = captureEnd = position;
    } else if (ch === 10 || ch === 13) {
      result += input.slice(captureStart, captureEnd);
      const fold = skipFoldedBreaks(input, position, end);
      result += foldedBreaks(fold.breaks);
      position = captureStart = captureEnd = fold.position;
    } else {
      position++;
      if (ch !== 32 && ch !== 9) captureEnd = position;
    }
  }
  return result + input.slice(captureStart, end);
}
function getDoubleQuotedValue(input, start, end) {
  let result = "";
  let position = start;
  let captureStart = start;
  let captureEnd = start;
  while (position < end) {
    const ch = input.charCodeAt(position);
    if (ch === 92) {
      result += input.slice(captureStart, position);
      position++;
      const escaped2 = input.charCodeAt(position);
      if (escaped2 === 10 || escaped2 === 13) position = skipFoldedBreaks(input, position, end).position;
      else if (escaped2 < 256 && simpleEscapeCheck[escaped2]) {
        result += simpleEscapeMap[escaped2];
        position++;
      } else {
        let hexLength = escapedHexLen$1(escaped2);
        let hexResult = 0;
        for (; hexLength > 0; hexLength--) {
          position++;
          const digit = fromHexCode$1(input.charCodeAt(position));
          hexResult = (hexResult << 4) + digit;
        }
        result += charFromCodepoint(hexResult);
        position++;
      }
      captureStart = captureEnd = position;
    } else if (ch === 10 || ch === 13) {
      result += input.slice(captureStart, captureEnd);
      const fold = skipFoldedBreaks(input, position, end);
      result += foldedBreaks(fold.breaks);
      position = captureStart = captureEnd = fold.position;
    } else {
      position++;
      if (ch !== 32 && ch !== 9) captureEnd = position;
    }
  }
  return result + input.slice(captureStart, end);
}
function getBlockValue(input, start, end, indent, chomping, folded2) {
  const textIndent = indent < 0 ? 0 : indent;
  const region = input.slice(start, end).replace(/\r\n?/g, "\n");
  const lines3 = region === "" ? [] : (region.endsWith("\n") ? region.slice(0, -1) : region).split("\n");
  let result = "";
  let didReadContent = false;
  let emptyLines = 0;
  let atMoreIndented = false;
  for (const line3 of lines3) {
    let column = 0;
    while (column < textIndent && line3.charCodeAt(column) === 32) column++;
    if (indent < 0 || column >= line3.length) {
      emptyLines++;
      continue;
    }
    const content = line3.slice(textIndent);
    const first = content.charCodeAt(0);
    if (folded2) {
      if (first === 32 || first === 9) {
        atMoreIndented = true;
        result += "\n".repeat(didReadContent ? 1 + emptyLines : emptyLines);
      } else if (atMoreIndented) {
        atMoreIndented = false;
        result += "\n".repeat(emptyLines + 1);
      } else if (emptyLines === 0) {
        if (didReadContent) result += " ";
      } else result += "\n".repeat(emptyLines);
    } else result += "\n".repeat(didReadContent ? 1 + emptyLines : emptyLines);
    result += content;
    didReadContent = true;
    emptyLines = 0;
  }
  if (chomping === CHOMPING_MODE.KEEP) result += "\n".repeat(didReadContent ? 1 + emptyLines : emptyLines);
  else if (chomping !== CHOMPING_MODE.STRIP) {
    if (didReadContent) result += "\n";
  }
  return result;
}
function getScalarValue(input, scalar) {
  if (scalar.valueStart === NO_RANGE$3) return "";
  const { valueStart, valueEnd: valueEnd2 } = scalar;
  if (scalar.fast) return input.slice(valueStart, valueEnd2);
  switch (scalar.style) {
    case SCALAR_STYLE.SINGLE_QUOTED:
      return getSingleQuotedValue(input, valueStart, valueEnd2);
    case SCALAR_STYLE.DOUBLE_QUOTED:
      return getDoubleQuotedValue(input, valueStart, valueEnd2);
    case SCALAR_STYLE.LITERAL_BLOCK:
      return getBlockValue(input, valueStart, valueEnd2, scalar.indent, scalar.chomping, false);
    case SCALAR_STYLE.FOLDED_BLOCK:
      return getBlockValue(input, valueStart, valueEnd2, scalar.indent, scalar.chomping, true);
    default:
      return getPlainValue(input, valueStart, valueEnd2);
  }
}
function tagPercentDecode(source) {
  let result = "";
  let index = 0;
  while (index < source.length) {
    if (source.charCodeAt(index) !== 37) {
      result += source[index++];
      continue;
    }
    let ch = parseInt(source.slice(index + 1, index + 3), 16);
    index += 3;
    if (ch >= 192) {
      let remaining = ch < 224 ? 1 : ch < 240 ? 2 : 3;
      ch &= (1 << 6 - remaining) - 1;
      while (remaining-- > 0) {
        ch = ch << 6 | parseInt(source.slice(index + 1, index + 3), 16) & 63;
        index += 3;
      }
    }
    if (ch < 65536) result += String.fromCharCode(ch);
    else {
      ch -= 65536;
      result += String.fromCharCode(55296 | ch >> 10, 56320 | ch & 1023);
    }
  }
  return result;
}
function tagNameFull(rawTag, tagHandlers) {
  if (rawTag.startsWith("!<") && rawTag.endsWith(">")) return tagPercentDecode(rawTag.slice(2, -1));
  const handleEnd = rawTag.indexOf("!", 1);
  const handle = handleEnd === -1 ? "!" : rawTag.slice(0, handleEnd + 1);
  return tagPercentDecode(tagHandlers?.[handle] ?? DEFAULT_TAG_HANDLERS[handle] ?? handle) + tagPercentDecode(rawTag.slice(handle.length));
}
function eventPosition$1(event) {
  if ("tagStart" in event && event.tagStart !== NO_RANGE$2) return event.tagStart;
  if ("anchorStart" in event && event.anchorStart !== NO_RANGE$2) return event.anchorStart;
  if ("valueStart" in event && event.valueStart !== NO_RANGE$2) return event.valueStart;
  if ("start" in event) return event.start;
  return 0;
}
function throwError$1(state, message) {
  YAMLException.throwAt(state.source, state.position, message, state.filename);
}
function finalizeCollection(state, position, tag, carrier) {
  try {
    return tag.finalize(carrier);
  } catch (error2) {
    if (error2 instanceof YAMLException) throw error2;
    YAMLException.throwAt(state.source, position, error2 instanceof Error ? error2.message : String(error2), state.filename);
  }
}
function constructScalar(state, event) {
  const source = getScalarValue(state.source, event);
  const rawTag = event.tagStart === NO_RANGE$2 ? "" : state.source.slice(event.tagStart, event.tagEnd);
  const strTag2 = state.schema.defaultScalarTag;
  if (rawTag !== "") {
    if (rawTag === "!") return {
      value: source,
      tag: strTag2
    };
    const tagName = tagNameFull(rawTag, state.tagHandlers);
    const scalarTag = state.schema.lookupScalarTag(tagName);
    if (scalarTag) {
      const result = scalarTag.resolve(source, true, tagName);
      if (result === NOT_RESOLVED) throwError$1(state, `cannot resolve a node with !<${tagName}> explicit tag`);
      return {
        value: result,
        tag: scalarTag
      };
    }
    const collectionTagDef = state.schema.lookupMappingTag(tagName) ?? state.schema.lookupSequenceTag(tagName);
    if (collectionTagDef) {
      if (source !== "") throwError$1(state, `cannot resolve a node with !<${tagName}> explicit tag`);
      const carrier = collectionTagDef.create(tagName);
      return {
        value: collectionTagDef.carrierIsResult ? carrier : finalizeCollection(state, state.position, collectionTagDef, carrier),
        tag: collectionTagDef
      };
    }
    throwError$1(state, `unknown scalar tag !<${tagName}>`);
  }
  if (event.style === SCALAR_STYLE.PLAIN) return state.schema.resolveImplicitScalarTag(source);
  return {
    value: strTag2.resolve(source, false, strTag2.tagName),
    tag: strTag2
  };
}
function collectionTagName(state, event, defaultTagName) {
  const rawTag = event.tagStart === NO_RANGE$2 ? "" : state.source.slice(event.tagStart, event.tagEnd);
  return rawTag === "" || rawTag === "!" ? defaultTagName : tagNameFull(rawTag, state.tagHandlers);
}
function isMappingTag(tag) {
  return tag.nodeKind === "mapping";
}
function chargeMergeWork(state) {
  state.totalMergeKeys++;
  if (state.maxTotalMergeKeys !== -1 && state.totalMergeKeys > state.maxTotalMergeKeys) throwError$1(state, `merge keys exceeded maxTotalMergeKeys (${state.maxTotalMergeKeys})`);
}
function mergeKeys(state, frame, source, sourceTag) {
  chargeMergeWork(state);
  for (const sourceKey of sourceTag.keys(source)) {
    chargeMergeWork(state);
    if (frame.tag.has(frame.value, sourceKey)) continue;
    const err = frame.tag.addPair(frame.value, sourceKey, sourceTag.get(source, sourceKey));
    if (err) throwError$1(state, err);
    frame.overridable ??= /* @__PURE__ */ new Set();
    frame.overridable.add(sourceKey);
  }
}
function mergeSource(state, frame, source, sourceTag) {
  state.position = frame.keyPosition;
  if (isMappingTag(sourceTag)) mergeKeys(state, frame, source, sourceTag);
  else if (sourceTag.nodeKind === "sequence" && Array.isArray(source)) {
    if (source.length > 100) throwError$1(state, "abnormal merge sequence size");
    for (const element of source) {
      const elementTag = state.nodeTags.get(element);
      if (!elementTag) throwError$1(state, "cannot merge mappings; the provided source object is unacceptable");
      mergeKeys(state, frame, element, elementTag);
    }
  } else throwError$1(state, "cannot merge mappings; the provided source object is unacceptable");
}
function addMappingValue(state, frame, key, value, tag) {
  state.position = frame.keyPosition;
  if (frame.keyIsMerge) {
    mergeSource(state, frame, value, tag);
    return;
  }
  if (!state.json && frame.tag.has(frame.value, key) && !frame.overridable?.has(key)) throwError$1(state, "duplicated mapping key");
  const err = frame.tag.addPair(frame.value, key, value);
  if (err) throwError$1(state, err);
  frame.overridable?.delete(key);
}
function addValue(state, value, tag) {
  const frame = state.frames[state.frames.length - 1];
  if (frame.kind === "document") {
    frame.value = value;
    frame.hasValue = true;
  } else if (frame.kind === "sequence") {
    if (isMappingTag(tag)) state.nodeTags.set(value, tag);
    const err = frame.tag.addItem(frame.value, value, frame.index++);
    if (err) throwError$1(state, err);
  } else if (frame.hasKey) {
    const key = frame.key;
    frame.key = void 0;
    frame.hasKey = false;
    addMappingValue(state, frame, key, value, tag);
  } else {
    frame.key = value;
    frame.keyPosition = state.position;
    frame.hasKey = true;
    frame.keyIsMerge = tag.tagName === MERGE_TAG_NAME;
  }
}
function storeAnchor(state, event, value, tag, isValueFinal) {
  if (event.anchorStart !== NO_RANGE$2) {
    const anchor = {
      value,
      tag,
      isValueFinal
    };
    state.anchors.set(state.source.slice(event.anchorStart, event.anchorEnd), anchor);
    return anchor;
  }
  return null;
}
function constructFromEvents(events3, options) {
  const state = {
    ...DEFAULT_CONSTRUCTOR_OPTIONS,
    ...options,
    events: events3,
    documents: [],
    eventIndex: 0,
    position: 0,
    frames: [],
    anchors: /* @__PURE__ */ new Map(),
    nodeTags: /* @__PURE__ */ new Map(),
    tagHandlers: /* @__PURE__ */ Object.create(null),
    totalMergeKeys: 0,
    aliasCount: 0
  };
  while (state.eventIndex < state.events.length) {
    const event = state.events[state.eventIndex++];
    state.position = eventPosition$1(event);
    switch (event.type) {
      case EVENT_ID.DOCUMENT:
        state.anchors = /* @__PURE__ */ new Map();
        state.nodeTags = /* @__PURE__ */ new Map();
        state.aliasCount = 0;
        state.tagHandlers = /* @__PURE__ */ Object.create(null);
        for (const directive of event.directives) if (directive.kind === "tag") state.tagHandlers[directive.handle] = directive.prefix;
        state.frames.push({
          kind: "document",
          position: state.position,
          value: void 0,
          hasValue: false
        });
        break;
      case EVENT_ID.SCALAR: {
        const { value, tag } = constructScalar(state, event);
        storeAnchor(state, event, value, tag, true);
        addValue(state, value, tag);
        break;
      }
      case EVENT_ID.SEQUENCE: {
        const tagName = collectionTagName(state, event, "tag:yaml.org,2002:seq");
        const tag = state.schema.lookupSequenceTag(tagName);
        if (!tag) throwError$1(state, `unknown sequence tag !<${tagName}>`);
        const value = tag.create(tagName);
        const anchor = storeAnchor(state, event, value, tag, tag.carrierIsResult);
        state.frames.push({
          kind: "sequence",
          position: state.position,
          value,
          tag,
          anchor,
          index: 0
        });
        break;
      }
      case EVENT_ID.MAPPING: {
        const tagName = collectionTagName(state, event, "tag:yaml.org,2002:map");
        const tag = state.schema.lookupMappingTag(tagName);
        if (!tag) throwError$1(state, `unknown mapping tag !<${tagName}>`);
        const value = tag.create(tagName);
        const anchor = storeAnchor(state, event, value, tag, tag.carrierIsResult);
        state.frames.push({
          kind: "mapping",
          position: state.position,
          value,
          tag,
          anchor,
          key: void 0,
          keyPosition: state.position,
          hasKey: false,
          keyIsMerge: false,
          overridable: null
        });
        break;
      }
      case EVENT_ID.ALIAS: {
        if (state.maxAliases !== -1 && ++state.aliasCount > state.maxAliases) throwError$1(state, `aliases exceeded maxAliases (${state.maxAliases})`);
        const name = state.source.slice(event.anchorStart, event.anchorEnd);
        const anchor = state.anchors.get(name);
        if (!anchor) throwError$1(state, `unidentified alias "${name}"`);
        if (!anchor.isValueFinal) throwError$1(state, `recursive alias "${name}" is not supported for tag ${anchor.tag.tagName} because it uses finalize()`);
        addValue(state, anchor.value, anchor.tag);
        break;
      }
      case EVENT_ID.POP: {
        const frame = state.frames.pop();
        if (frame.kind === "mapping" && frame.hasKey) {
          state.position = frame.keyPosition;
          throwError$1(state, "incomplete mapping pair in event stream");
        }
        if (frame.kind === "document") state.documents.push(frame.value);
        else {
          const value = frame.tag.carrierIsResult ? frame.value : finalizeCollection(state, frame.position, frame.tag, frame.value);
          if (frame.anchor) {
            frame.anchor.value = value;
            frame.anchor.isValueFinal = true;
          }
          addValue(state, value, frame.tag);
        }
        break;
      }
    }
  }
  return state.documents;
}
function addDocumentEvent(state, explicitStart, explicitEnd) {
  state.events.push({
    type: EVENT_ID.DOCUMENT,
    explicitStart,
    explicitEnd,
    directives: state.directives
  });
}
function addSequenceEvent(state, start, anchorStart, anchorEnd, tagStart, tagEnd, style) {
  state.events.push({
    type: EVENT_ID.SEQUENCE,
    start,
    anchorStart,
    anchorEnd,
    tagStart,
    tagEnd,
    style
  });
}
function addMappingEvent(state, start, anchorStart, anchorEnd, tagStart, tagEnd, style) {
  state.events.push({
    type: EVENT_ID.MAPPING,
    start,
    anchorStart,
    anchorEnd,
    tagStart,
    tagEnd,
    style
  });
}
function insertFlowPairMappingEvent(state, snapshot) {
  state.events.splice(snapshot.eventsLength, 0, {
    type: EVENT_ID.MAPPING,
    start: snapshot.position,
    anchorStart: NO_RANGE$1,
    anchorEnd: NO_RANGE$1,
    tagStart: NO_RANGE$1,
    tagEnd: NO_RANGE$1,
    style: COLLECTION_STYLE.FLOW
  });
}
function addScalarEvent(state, valueStart, valueEnd2, anchorStart, anchorEnd, tagStart, tagEnd, style, chomping = CHOMPING_MODE.CLIP, indent = -1, fast = false) {
  state.events.push({
    type: EVENT_ID.SCALAR,
    valueStart,
    valueEnd: valueEnd2,
    anchorStart,
    anchorEnd,
    tagStart,
    tagEnd,
    style,
    chomping,
    indent,
    fast
  });
}
function addAliasEvent(state, anchorStart, anchorEnd) {
  state.events.push({
    type: EVENT_ID.ALIAS,
    anchorStart,
    anchorEnd
  });
}
function addPopEvent(state) {
  state.events.push({ type: EVENT_ID.POP });
}
function addEmptyScalarEvent(state) {
  addScalarEvent(state, NO_RANGE$1, NO_RANGE$1, NO_RANGE$1, NO_RANGE$1, NO_RANGE$1, NO_RANGE$1, SCALAR_STYLE.PLAIN);
}
function emptyProperties() {
  return {
    anchorStart: NO_RANGE$1,
    anchorEnd: NO_RANGE$1,
    tagStart: NO_RANGE$1,
    tagEnd: NO_RANGE$1
  };
}
function snapshotState(state) {
  return {
    position: state.position,
    line: state.line,
    lineStart: state.lineStart,
    lineIndent: state.lineIndent,
    firstTabInLine: state.firstTabInLine,
    eventsLength: state.events.length
  };
}
function restoreState(state, snapshot) {
  state.position = snapshot.position;
  state.line = snapshot.line;
  state.lineStart = snapshot.lineStart;
  state.lineIndent = snapshot.lineIndent;
  state.firstTabInLine = snapshot.firstTabInLine;
  state.events.length = snapshot.eventsLength;
}
function throwError(state, message) {
  YAMLException.throwAt(state.input.slice(0, state.length), state.position, message, state.filename);
}
function isEol(c) {
  return c === 10 || c === 13;
}
function isWhiteSpace(c) {
  return c === 9 || c === 32;
}
function isWsOrEol(c) {
  return isWhiteSpace(c) || isEol(c);
}
function isWsOrEolOrEnd(c) {
  return c === 0 || isWsOrEol(c);
}
function isFlowIndicator(c) {
  return c === 44 || c === 91 || c === 93 || c === 123 || c === 125;
}
function fromDecimalCode(c) {
  return c >= 48 && c <= 57 ? c - 48 : -1;
}
function fromHexCode(c) {
  if (c >= 48 && c <= 57) return c - 48;
  const lc = c | 32;
  if (lc >= 97 && lc <= 102) return lc - 97 + 10;
  return -1;
}
function escapedHexLen(c) {
  if (c === 120) return 2;
  if (c === 117) return 4;
  if (c === 85) return 8;
  return 0;
}
function isSimpleEscape(c) {
  return c === 48 || c === 97 || c === 98 || c === 116 || c === 9 || c === 110 || c === 118 || c === 102 || c === 114 || c === 101 || c === 32 || c === 34 || c === 47 || c === 92 || c === 78 || c === 95 || c === 76 || c === 80;
}
function consumeLineBreak(state) {
  if (state.input.charCodeAt(state.position) === 10) state.position++;
  else {
    state.position++;
    if (state.input.charCodeAt(state.position) === 10) state.position++;
  }
  state.line++;
  state.lineStart = state.position;
  state.lineIndent = 0;
  state.firstTabInLine = -1;
}
function skipSeparationSpace(state, allowComments) {
  let lineBreaks = 0;
  let ch = state.input.charCodeAt(state.position);
  let hasSeparation = state.position === state.lineStart || isWsOrEol(state.input.charCodeAt(state.position - 1));
  while (ch !== 0) {
    while (isWhiteSpace(ch)) {
      hasSeparation = true;
      if (ch === 9 && state.firstTabInLine === -1) state.firstTabInLine = state.position;
      ch = state.input.charCodeAt(++state.position);
    }
    if (allowComments && hasSeparation && ch === 35) do
      ch = state.input.charCodeAt(++state.position);
    while (!isEol(ch) && ch !== 0);
    if (!isEol(ch)) break;
    consumeLineBreak(state);
    lineBreaks++;
    hasSeparation = true;
    ch = state.input.charCodeAt(state.position);
    while (ch === 32) {
      state.lineIndent++;
      ch = state.input.charCodeAt(++state.position);
    }
  }
  return lineBreaks;
}
function testDocumentSeparator(state, position = state.position) {
  const ch = state.input.charCodeAt(position);
  if ((ch === 45 || ch === 46) && ch === state.input.charCodeAt(position + 1) && ch === state.input.charCodeAt(position + 2)) {
    const following = state.input.charCodeAt(position + 3);
    return following === 0 || isWsOrEol(following);
  }
  return false;
}
function skipByteOrderMark(state) {
  if (state.position === state.lineStart && state.input.charCodeAt(state.position) === 65279) {
    state.position++;
    state.lineStart = state.position;
  }
}
function testDocumentBoundary(state) {
  if (state.position !== state.lineStart) return false;
  if (testDocumentSeparator(state)) return true;
  if (state.input.charCodeAt(state.position) !== 65279) return false;
  const snapshot = snapshotState(state);
  skipByteOrderMark(state);
  skipSeparationSpace(state, true);
  const ch = state.input.charCodeAt(state.position);
  const result = state.position === state.lineStart && (ch === 37 || ch === 45 && testDocumentSeparator(state));
  restoreState(state, snapshot);
  return result;
}
function skipUntilLineEnd(state) {
  let ch = state.input.charCodeAt(state.position);
  while (ch !== 0 && !isEol(ch)) ch = state.input.charCodeAt(++state.position);
}
function checkPrintable(state, start, end) {
  const match = PATTERN_NON_PRINTABLE.exec(state.input.slice(start, end));
  if (match !== null) {
    state.position = start + match.index + match[0].length - 1;
    throwError(state, "the stream contains non-printable characters");
  }
}
function readTagProperty(state, props, inFlow) {
  if (state.input.charCodeAt(state.position) !== 33) return false;
  if (props.tagStart !== NO_RANGE$1) throwError(state, "duplication of a tag property");
  const start = state.position;
  let isVerbatim = false;
  let isNamed = false;
  let tagHandle = "!";
  let ch = state.input.charCodeAt(++state.position);
  if (ch === 60) {
    isVerbatim = true;
    ch = state.input.charCodeAt(++state.position);
  } else if (ch === 33) {
    isNamed = true;
    tagHandle = "!!";
    ch = state.input.charCodeAt(++state.position);
  }
  let suffixStart = state.position;
  let tagName;
  if (isVerbatim) {
    while (ch !== 0 && ch !== 62) ch = state.input.charCodeAt(++state.position);
    if (ch !== 62) throwError(state, "unexpected end of the stream within a verbatim tag");
    tagName = state.input.slice(suffixStart, state.position);
    state.position++;
  } else {
    while (ch !== 0 && !isWsOrEol(ch) && !(inFlow && isFlowIndicator(ch))) {
      if (ch === 33) {
        if (!isNamed) {
          tagHandle = state.input.slice(suffixStart - 1, state.position + 1);
          if (!PATTERN_TAG_HANDLE.test(tagHandle)) throwError(state, "named tag handle cannot contain such characters");
          isNamed = true;
          suffixStart = state.position + 1;
        } else throwError(state, "tag suffix cannot contain exclamation marks");
      }
      ch = state.input.charCodeAt(++state.position);
    }
    tagName = state.input.slice(suffixStart, state.position);
    if (PATTERN_FLOW_INDICATORS.test(tagName)) throwError(state, "tag suffix cannot contain flow indicator characters");
  }
  if (tagName && !(isVerbatim ? PATTERN_TAG_URI.test(tagName) : PATTERN_TAG_SUFFIX.test(tagName))) throwError(state, `tag name cannot contain such characters: ${tagName}`);
  if (!isVerbatim && tagHandle !== "!" && tagHandle !== "!!" && !HAS_OWN.call(state.tagHandlers, tagHandle)) throwError(state, `undeclared tag handle "${tagHandle}"`);
  props.tagStart = start;
  props.tagEnd = state.position;
  return true;
}
function readAnchorProperty(state, props) {
  if (state.input.charCodeAt(state.position) !== 38) return false;
  if (props.anchorStart !== NO_RANGE$1) throwError(state, "duplication of an anchor property");
  state.position++;
  const start = state.position;
  while (state.input.charCodeAt(state.position) !== 0 && !isWsOrEol(state.input.charCodeAt(state.position)) && !isFlowIndicator(state.input.charCodeAt(state.position))) state.position++;
  if (state.position === start) throwError(state, "name of an anchor node must contain at least one character");
  props.anchorStart = start;
  props.anchorEnd = state.position;
  return true;
}
function readAlias(state, props) {
  if (state.input.charCodeAt(state.position) !== 42) return false;
  if (props.anchorStart !== NO_RANGE$1 || props.tagStart !== NO_RANGE$1) throwError(state, "alias node should not have any properties");
  state.position++;
  const start = state.position;
  while (state.input.charCodeAt(state.position) !== 0 && !isWsOrEol(state.input.charCodeAt(state.position)) && !isFlowIndicator(state.input.charCodeAt(state.position))) state.position++;
  if (state.position === start) throwError(state, "name of an alias node must contain at least one character");
  addAliasEvent(state, start, state.position);
  return true;
}
function readFlowScalarBreak(state, nodeIndent) {
  skipSeparationSpace(state, false);
  if (state.lineIndent < nodeIndent) throwError(state, "deficient indentation");
}
function readSingleQuotedScalar(state, nodeIndent, props) {
  if (state.input.charCodeAt(state.position) !== 39) return false;
  state.position++;
  const start = state.position;
  let simple = true;
  while (state.input.charCodeAt(state.position) !== 0) {
    const ch = state.input.charCodeAt(state.position);
    if (ch === 39) {
      if (state.input.charCodeAt(state.position + 1) === 39) {
        simple = false;
        state.position += 2;
        continue;
      }
      const end = state.position;
      state.position++;
      addScalarEvent(state, start, end, props.anchorStart, props.anchorEnd, props.tagStart, props.tagEnd, SCALAR_STYLE.SINGLE_QUOTED, CHOMPING_MODE.CLIP, -1, simple);
      return true;
    }
    if (isEol(ch)) {
      simple = false;
      readFlowScalarBreak(state, nodeIndent);
    } else if (state.position === state.lineStart && testDocumentSeparator(state)) throwError(state, "unexpected end of the document within a single quoted scalar");
    else if (ch !== 9 && ch < 32) throwError(state, "expected valid JSON character");
    else state.position++;
  }
  throwError(state, "unexpected end of the stream within a single quoted scalar");
}
function readDoubleQuotedScalar(state, nodeIndent, props) {
  if (state.input.charCodeAt(state.position) !== 34) return false;
  state.position++;
  const start = state.position;
  let simple = true;
  while (state.input.charCodeAt(state.position) !== 0) {
    const ch = state.input.charCodeAt(state.position);
    if (ch === 34) {
      const end = state.position;
      state.position++;
      addScalarEvent(state, start, end, props.anchorStart, props.anchorEnd, props.tagStart, props.tagEnd, SCALAR_STYLE.DOUBLE_QUOTED, CHOMPING_MODE.CLIP, -1, simple);
      return true;
    }
    if (ch === 92) {
      simple = false;
      const escaped2 = state.input.charCodeAt(++state.position);
      if (isEol(escaped2)) readFlowScalarBreak(state, nodeIndent);
      else if (isSimpleEscape(escaped2)) state.position++;
      else {
        let hexLength = escapedHexLen(escaped2);
        if (hexLength === 0) throwError(state, "unknown escape sequence");
        while (hexLength-- > 0) {
          state.position++;
          if (fromHexCode(state.input.charCodeAt(state.position)) < 0) throwError(state, "expected hexadecimal character");
        }
        state.position++;
      }
    } else if (isEol(ch)) {
      simple = false;
      readFlowScalarBreak(state, nodeIndent);
    } else if (state.position === state.lineStart && testDocumentSeparator(state)) throwError(state, "unexpected end of the document within a double quoted scalar");
    else if (ch !== 9 && ch < 32) throwError(state, "expected valid JSON character");
    else state.position++;
  }
  throwError(state, "unexpected end of the stream within a double quoted scalar");
}
function readBlockScalar(state, parentIndent, props) {
  const ch = state.input.charCodeAt(state.position);
  let chomping = CHOMPING_MODE.CLIP;
  let indent = -1;
  let detectedIndent = false;
  if (ch !== 124 && ch !== 62) return false;
  const style = ch === 124 ? SCALAR_STYLE.LITERAL_BLOCK : SCALAR_STYLE.FOLDED_BLOCK;
  state.position++;
  while (state.input.charCodeAt(state.position) !== 0) {
    const current = state.input.charCodeAt(state.position);
    const digit = fromDecimalCode(current);
    if (current === 43 || current === 45) {
      if (chomping !== CHOMPING_MODE.CLIP) throwError(state, "repeat of a chomping mode identifier");
      chomping = current === 43 ? CHOMPING_MODE.KEEP : CHOMPING_MODE.STRIP;
      state.position++;
    } else if (digit >= 0) {
      if (digit === 0) throwError(state, "bad explicit indentation width of a block scalar; it cannot be less than one");
      if (detectedIndent) throwError(state, "repeat of an indentation width identifier");
      indent = parentIndent + digit - 1;
      detectedIndent = true;
      state.position++;
    } else break;
  }
  let hadWhitespace = false;
  while (isWhiteSpace(state.input.charCodeAt(state.position))) {
    hadWhitespace = true;
    state.position++;
  }
  if (hadWhitespace && state.input.charCodeAt(state.position) === 35) skipUntilLineEnd(state);
  if (isEol(state.input.charCodeAt(state.position))) consumeLineBreak(state);
  else if (state.input.charCodeAt(state.position) !== 0) throwError(state, "a line break is expected");
  let contentIndent = detectedIndent ? indent : -1;
  let maxLeadingIndent = 0;
  const valueStart = state.position;
  let valueEnd2 = state.position;
  while (state.input.charCodeAt(state.position) !== 0) {
    const linePosition = state.position;
    let column = 0;
    while (state.input.charCodeAt(linePosition + column) === 32) column++;
    const first = state.input.charCodeAt(linePosition + column);
    if (first === 0) {
      if (contentIndent >= 0) {
        if (column > contentIndent) valueEnd2 = linePosition + column;
      } else if (column > 0) valueEnd2 = linePosition + column;
      break;
    }
    if (testDocumentBoundary(state)) break;
    if (!detectedIndent && contentIndent === -1 && isEol(first)) maxLeadingIndent = Math.max(maxLeadingIndent, column);
    if (!detectedIndent && contentIndent === -1 && !isEol(first)) {
      if (first === 9 && column < parentIndent) {
        state.position = linePosition + column;
        throwError(state, "tab characters must not be used in indentation");
      }
      if (column >= parentIndent && column < maxLeadingIndent) {
        state.position = linePosition + column;
        throwError(state, "bad indentation of a mapping entry");
      }
    }
    if (contentIndent === -1 && first !== 0 && !isEol(first) && column < parentIndent) {
      state.lineIndent = column;
      state.position = linePosition + column;
      break;
    }
    if (!detectedIndent && first !== 0 && !isEol(first) && contentIndent === -1) contentIndent = column;
    const requiredIndent = contentIndent === -1 ? parentIndent + 1 : contentIndent;
    if (first !== 0 && !isEol(first) && column < requiredIndent) {
      state.lineIndent = column;
      state.position = linePosition + column;
      break;
    }
    skipUntilLineEnd(state);
    valueEnd2 = state.position;
    if (isEol(state.input.charCodeAt(state.position))) {
      consumeLineBreak(state);
      valueEnd2 = state.position;
    }
  }
  checkPrintable(state, valueStart, valueEnd2);
  addScalarEvent(state, valueStart, valueEnd2, props.anchorStart, props.anchorEnd, props.tagStart, props.tagEnd, style, chomping, contentIndent);
  return true;
}
function canStartPlainScalar(state, nodeContext) {
  const ch = state.input.charCodeAt(state.position);
  const inFlow = nodeContext === CONTEXT_FLOW_IN;
  if (ch === 0 || isWsOrEol(ch) || ch === 35 || ch === 38 || ch === 42 || ch === 33 || ch === 124 || ch === 62 || ch === 39 || ch === 34 || ch === 37 || ch === 64 || ch === 96 || isFlowIndicator(ch)) return false;
  if (ch === 63 || ch === 45) {
    const following = state.input.charCodeAt(state.position + 1);
    if (isWsOrEolOrEnd(following) || inFlow && isFlowIndicator(following)) return false;
  }
  return true;
}
function readPlainScalar(state, nodeIndent, nodeContext, props) {
  if (!canStartPlainScalar(state, nodeContext)) return false;
  const start = state.position;
  let end = state.position;
  let ch = state.input.charCodeAt(state.position);
  const inFlow = nodeContext === CONTEXT_FLOW_IN;
  let multiline = false;
  while (ch !== 0) {
    if (testDocumentBoundary(state)) break;
    if (ch === 58) {
      const following = state.input.charCodeAt(state.position + 1);
      if (isWsOrEolOrEnd(following) || inFlow && isFlowIndicator(following)) break;
    } else if (ch === 35) {
      if (isWsOrEol(state.input.charCodeAt(state.position - 1))) break;
    } else if (inFlow && isFlowIndicator(ch)) break;
    else if (isEol(ch)) {
      const savedPosition = state.position;
      const savedLine = state.line;
      const savedLineStart = state.lineStart;
      const savedLineIndent = state.lineIndent;
      skipSeparationSpace(state, false);
      if (state.lineIndent >= nodeIndent) {
        multiline = true;
        ch = state.input.charCodeAt(state.position);
        continue;
      }
      state.position = savedPosition;
      state.line = savedLine;
      state.lineStart = savedLineStart;
      state.lineIndent = savedLineIndent;
      break;
    }
    if (!isWhiteSpace(ch)) end = state.position + 1;
    ch = state.input.charCodeAt(++state.position);
  }
  if (end === start) return false;
  checkPrintable(state, start, end);
  addScalarEvent(state, start, end, props.anchorStart, props.anchorEnd, props.tagStart, props.tagEnd, SCALAR_STYLE.PLAIN, CHOMPING_MODE.CLIP, -1, !multiline);
  return true;
}
function skipFlowSeparationSpace(state, nodeIndent) {
  const startLine = state.line;
  skipSeparationSpace(state, true);
  if (state.line > startLine && state.lineIndent < nodeIndent || state.firstTabInLine !== -1 && state.lineIndent < nodeIndent) throwError(state, "deficient indentation");
}
function readFlowCollection(state, nodeIndent, props) {
  const ch = state.input.charCodeAt(state.position);
  const isMapping = ch === 123;
  const start = state.position;
  let readNext = true;
  if (ch !== 91 && ch !== 123) return false;
  const terminator = isMapping ? 125 : 93;
  if (isMapping) addMappingEvent(state, start, props.anchorStart, props.anchorEnd, props.tagStart, props.tagEnd, COLLECTION_STYLE.FLOW);
  else addSequenceEvent(state, start, props.anchorStart, props.anchorEnd, props.tagStart, props.tagEnd, COLLECTION_STYLE.FLOW);
  state.position++;
  while (state.input.charCodeAt(state.position) !== 0) {
    skipFlowSeparationSpace(state, nodeIndent);
    let ch2 = state.input.charCodeAt(state.position);
    if (ch2 === terminator) {
      state.position++;
      addPopEvent(state);
      return true;
    } else if (!readNext) throwError(state, "missed comma between flow collection entries");
    else if (ch2 === 44) throwError(state, "expected the node content, but found ','");
    let isPair = false;
    let isExplicitPair = false;
    if (ch2 === 63 && isWsOrEol(state.input.charCodeAt(state.position + 1))) {
      isPair = isExplicitPair = true;
      state.position += 1;
      skipFlowSeparationSpace(state, nodeIndent);
    }
    const entryLine = state.line;
    const entryStart = snapshotState(state);
    const keyWasRead = parseNode(state, nodeIndent, CONTEXT_FLOW_IN, false, true);
    skipFlowSeparationSpace(state, nodeIndent);
    ch2 = state.input.charCodeAt(state.position);
    if ((isMapping || isExplicitPair || state.line === entryLine) && ch2 === 58) {
      isPair = true;
      state.position++;
      skipFlowSeparationSpace(state, nodeIndent);
      if (!isMapping) {
        insertFlowPairMappingEvent(state, entryStart);
        if (!keyWasRead) addEmptyScalarEvent(state);
      } else if (!keyWasRead) addEmptyScalarEvent(state);
      if (!parseNode(state, nodeIndent, CONTEXT_FLOW_IN, false, true)) addEmptyScalarEvent(state);
      skipFlowSeparationSpace(state, nodeIndent);
      if (!isMapping) addPopEvent(state);
    } else if (isMapping && isPair) {
      if (!keyWasRead) addEmptyScalarEvent(state);
      addEmptyScalarEvent(state);
    } else if (isMapping) addEmptyScalarEvent(state);
    else if (isPair) {
      insertFlowPairMappingEvent(state, entryStart);
      if (!keyWasRead) addEmptyScalarEvent(state);
      addEmptyScalarEvent(state);
      addPopEvent(state);
    }
    ch2 = state.input.charCodeAt(state.position);
    if (ch2 === 44) {
      readNext = true;
      state.position++;
    } else readNext = false;
  }
  throwError(state, "unexpected end of the stream within a flow collection");
}
function readBlockSequence(state, nodeIndent, props) {
  if (state.firstTabInLine !== -1 || state.input.charCodeAt(state.position) !== 45 || !isWsOrEolOrEnd(state.input.charCodeAt(state.position + 1))) return false;
  addSequenceEvent(state, state.position, props.anchorStart, props.anchorEnd, props.tagStart, props.tagEnd, COLLECTION_STYLE.BLOCK);
  while (state.input.charCodeAt(state.position) === 45 && isWsOrEolOrEnd(state.input.charCodeAt(state.position + 1))) {
    if (state.firstTabInLine !== -1) {
      state.position = state.firstTabInLine;
      throwError(state, "tab characters must not be used in indentation");
    }
    const entryLine = state.line;
    state.position++;
    const hadBreak = skipSeparationSpace(state, true) > 0;
    if (state.firstTabInLine !== -1 && state.input.charCodeAt(state.position) === 45 && isWsOrEolOrEnd(state.input.charCodeAt(state.position + 1))) throwError(state, "bad indentation of a sequence entry");
    if (hadBreak && state.lineIndent <= nodeIndent) addEmptyScalarEvent(state);
    else parseNode(state, nodeIndent, CONTEXT_BLOCK_IN, false, true);
    skipSeparationSpace(state, true);
    if (state.lineIndent < nodeIndent || state.position >= state.length) break;
    if (state.lineIndent > nodeIndent) throwError(state, "bad indentation of a sequence entry");
    if (state.line === entryLine && state.input.charCodeAt(state.position) === 45 && isWsOrEolOrEnd(state.input.charCodeAt(state.position + 1))) throwError(state, "bad indentation of a sequence entry");
  }
  addPopEvent(state);
  return true;
}
function readBlockMapping(state, nodeIndent, flowIndent, props) {
  let atExplicitKey = false;
  let detected = false;
  let mappingOpened = false;
  let pendingExplicitKey = false;
  if (state.firstTabInLine !== -1) return false;
  let ch = state.input.charCodeAt(state.position);
  while (ch !== 0) {
    if (!atExplicitKey && state.firstTabInLine !== -1) {
      state.position = state.firstTabInLine;
      throwError(state, "tab characters must not be used in indentation");
    }
    const following = state.input.charCodeAt(state.position + 1);
    const entryLine = state.line;
    if ((ch === 63 || ch === 58) && isWsOrEolOrEnd(following)) {
      if (!mappingOpened) {
        addMappingEvent(state, state.position, props.anchorStart, props.anchorEnd, props.tagStart, props.tagEnd, COLLECTION_STYLE.BLOCK);
        mappingOpened = true;
      }
      if (ch === 63) {
        if (atExplicitKey) addEmptyScalarEvent(state);
        detected = true;
        atExplicitKey = true;
      } else if (atExplicitKey) atExplicitKey = false;
      else {
        addEmptyScalarEvent(state);
        detected = true;
        atExplicitKey = false;
      }
      state.position += 1;
      pendingExplicitKey = true;
    } else {
      if (atExplicitKey) {
        addEmptyScalarEvent(state);
        atExplicitKey = false;
      }
      const beforeKey = snapshotState(state);
      if (!parseNode(state, flowIndent, CONTEXT_FLOW_OUT, false, true)) break;
      if (state.line === entryLine) {
        ch = state.input.charCodeAt(state.position);
        while (isWhiteSpace(ch)) ch = state.input.charCodeAt(++state.position);
        if (ch === 58) {
          ch = state.input.charCodeAt(++state.position);
          if (!isWsOrEolOrEnd(ch)) throwError(state, "a whitespace character is expected after the key-value separator within a block mapping");
          if (!mappingOpened) {
            state.events.splice(beforeKey.eventsLength, 0, {
              type: EVENT_ID.MAPPING,
              start: beforeKey.position,
              anchorStart: props.anchorStart,
              anchorEnd: props.anchorEnd,
              tagStart: props.tagStart,
              tagEnd: props.tagEnd,
              style: COLLECTION_STYLE.BLOCK
            });
            mappingOpened = true;
          }
          detected = true;
          atExplicitKey = false;
          pendingExplicitKey = false;
        } else if (detected) throwError(state, "expected ':' after a mapping key");
        else {
          if (props.anchorStart !== NO_RANGE$1 || props.tagStart !== NO_RANGE$1) {
            restoreState(state, beforeKey);
            return false;
          }
          return true;
        }
      } else if (detected) throwError(state, "can not read a block mapping entry; a multiline key may not be an implicit key");
      else {
        if (props.anchorStart !== NO_RANGE$1 || props.tagStart !== NO_RANGE$1) {
          restoreState(state, beforeKey);
          return false;
        }
        return true;
      }
    }
    if (parseNode(state, nodeIndent, CONTEXT_BLOCK_OUT, true, pendingExplicitKey)) pendingExplicitKey = false;
    if (!atExplicitKey) {
      if (pendingExplicitKey) {
        addEmptyScalarEvent(state);
        pendingExplicitKey = false;
      }
    }
    skipSeparationSpace(state, true);
    ch = state.input.charCodeAt(state.position);
    if ((state.line === entryLine || state.lineIndent > nodeIndent) && ch !== 0) throwError(state, "bad indentation of a mapping entry");
    else if (state.lineIndent < nodeIndent) break;
  }
  if (!detected) return false;
  if (atExplicitKey) addEmptyScalarEvent(state);
  if (mappingOpened) addPopEvent(state);
  return true;
}
function parseNode(state, parentIndent, nodeContext, allowToSeek, allowCompact, allowPropertyMapping = true) {
  if (state.depth >= state.maxDepth) throwError(state, `nesting exceeded maxDepth (${state.maxDepth})`);
  state.depth++;
  let indentStatus = 1;
  let atNewLine = false;
  let hasContent = false;
  let propertyStart = null;
  const props = emptyProperties();
  let allowBlockScalars = nodeContext === CONTEXT_BLOCK_OUT || nodeContext === CONTEXT_BLOCK_IN;
  let allowBlockCollections = allowBlockScalars;
  const allowBlockStyles = allowBlockScalars;
  if (allowToSeek && skipSeparationSpace(state, true)) {
    atNewLine = true;
    if (state.lineIndent > parentIndent) indentStatus = 1;
    else if (state.lineIndent === parentIndent) indentStatus = 0;
    else indentStatus = -1;
  }
  if (indentStatus === 1) while (true) {
    const ch = state.input.charCodeAt(state.position);
    const propertyState = snapshotState(state);
    if (atNewLine && indentStatus !== 1 && (ch === 33 || ch === 38)) break;
    if (atNewLine && allowBlockStyles && (props.tagStart !== NO_RANGE$1 || props.anchorStart !== NO_RANGE$1) && (ch === 33 || ch === 38)) {
      const fallbackState = snapshotState(state);
      const flowIndent = parentIndent + 1;
      if (readBlockMapping(state, state.position - state.lineStart, flowIndent, props) && state.events[fallbackState.eventsLength]?.type === EVENT_ID.MAPPING) {
        state.depth--;
        return true;
      }
      restoreState(state, fallbackState);
    }
    if (atNewLine && (ch === 33 && props.tagStart !== NO_RANGE$1 || ch === 38 && props.anchorStart !== NO_RANGE$1)) break;
    if (!readTagProperty(state, props, nodeContext === CONTEXT_FLOW_IN) && !readAnchorProperty(state, props)) break;
    if (propertyStart === null) propertyStart = propertyState;
    if (skipSeparationSpace(state, true)) {
      atNewLine = true;
      allowBlockCollections = allowBlockStyles;
      if (state.lineIndent > parentIndent) indentStatus = 1;
      else if (state.lineIndent === parentIndent) indentStatus = 0;
      else indentStatus = -1;
    } else allowBlockCollections = false;
  }
  if (allowBlockCollections) allowBlockCollections = atNewLine || allowCompact;
  if (indentStatus === 1 || nodeContext === CONTEXT_BLOCK_OUT) {
    const flowIndent = nodeContext === CONTEXT_FLOW_IN || nodeContext === CONTEXT_FLOW_OUT ? parentIndent : parentIndent + 1;
    const blockIndent = state.position - state.lineStart;
    if (indentStatus === 1) {
      if (allowBlockCollections && (readBlockSequence(state, blockIndent, props) || readBlockMapping(state, blockIndent, flowIndent, props)) || readFlowCollection(state, flowIndent, props)) hasContent = true;
      else {
        const ch = state.input.charCodeAt(state.position);
        if (propertyStart !== null && allowPropertyMapping && allowBlockStyles && !allowBlockCollections && ch !== 124 && ch !== 62) {
          const fallbackState = snapshotState(state);
          const propertyIndent = propertyStart.position - propertyStart.lineStart;
          restoreState(state, propertyStart);
          if (readBlockMapping(state, propertyIndent, flowIndent, emptyProperties()) && state.events[fallbackState.eventsLength]?.type === EVENT_ID.MAPPING) hasContent = true;
          else restoreState(state, fallbackState);
        }
        if (!hasContent && (allowBlockScalars && readBlockScalar(state, flowIndent, props) || readSingleQuotedScalar(state, flowIndent, props) || readDoubleQuotedScalar(state, flowIndent, props) || readAlias(state, props) || readPlainScalar(state, flowIndent, nodeContext, props))) hasContent = true;
      }
    } else if (indentStatus === 0) hasContent = allowBlockCollections && readBlockSequence(state, blockIndent, props);
  }
  allowBlockScalars = allowBlockScalars && !hasContent;
  if (!hasContent && (props.anchorStart !== NO_RANGE$1 || props.tagStart !== NO_RANGE$1 || allowBlockScalars)) {
    addScalarEvent(state, NO_RANGE$1, NO_RANGE$1, props.anchorStart, props.anchorEnd, props.tagStart, props.tagEnd, SCALAR_STYLE.PLAIN);
    hasContent = true;
  }
  state.depth--;
  return hasContent || props.anchorStart !== NO_RANGE$1 || props.tagStart !== NO_RANGE$1;
}
function readDirective(state) {
  if (state.lineIndent > 0 || state.input.charCodeAt(state.position) !== 37) return false;
  state.position++;
  const nameStart = state.position;
  while (state.input.charCodeAt(state.position) !== 0 && !isWsOrEol(state.input.charCodeAt(state.position))) state.position++;
  const name = state.input.slice(nameStart, state.position);
  const args = [];
  if (name.length === 0) throwError(state, "directive name must not be less than one character in length");
  while (state.input.charCodeAt(state.position) !== 0 && !isEol(state.input.charCodeAt(state.position))) {
    while (isWhiteSpace(state.input.charCodeAt(state.position))) state.position++;
    if (state.input.charCodeAt(state.position) === 35 || isEol(state.input.charCodeAt(state.position)) || state.input.charCodeAt(state.position) === 0) break;
    const start = state.position;
    while (state.input.charCodeAt(state.position) !== 0 && !isWsOrEol(state.input.charCodeAt(state.position))) state.position++;
    args.push(state.input.slice(start, state.position));
  }
  if (isEol(state.input.charCodeAt(state.position))) consumeLineBreak(state);
  if (name === "YAML") {
    if (state.directives.some((directive) => directive.kind === "yaml")) throwError(state, "duplication of %YAML directive");
    if (args.length !== 1) throwError(state, "YAML directive accepts exactly one argument");
    const match = /^([0-9]+)\.([0-9]+)$/.exec(args[0]);
    if (match === null) throwError(state, "ill-formed argument of the YAML directive");
    if (parseInt(match[1], 10) !== 1) throwError(state, "unacceptable YAML version of the document");
    state.directives.push({
      kind: "yaml",
      version: args[0]
    });
  } else if (name === "TAG") {
    if (args.length !== 2) throwError(state, "TAG directive accepts exactly two arguments");
    const [handle, prefix] = args;
    if (!PATTERN_TAG_HANDLE.test(handle)) throwError(state, "ill-formed tag handle (first argument) of the TAG directive");
    if (HAS_OWN.call(state.tagHandlers, handle)) throwError(state, `there is a previously declared suffix for "${handle}" tag handle`);
    if (!PATTERN_TAG_PREFIX.test(prefix)) throwError(state, "ill-formed tag prefix (second argument) of the TAG directive");
    state.tagHandlers[handle] = prefix;
    state.directives.push({
      kind: "tag",
      handle,
      prefix
    });
  }
  return true;
}
function readDocument(state) {
  state.directives = [];
  state.tagHandlers = /* @__PURE__ */ Object.create(null);
  let hasDirectives = false;
  skipSeparationSpace(state, true);
  while (readDirective(state)) {
    hasDirectives = true;
    skipSeparationSpace(state, true);
  }
  let explicitStart = false;
  let explicitEnd = false;
  let allowCompact = true;
  if (state.lineIndent === 0 && state.input.charCodeAt(state.position) === 45 && state.input.charCodeAt(state.position + 1) === 45 && state.input.charCodeAt(state.position + 2) === 45 && isWsOrEolOrEnd(state.input.charCodeAt(state.position + 3))) {
    explicitStart = true;
    const markerLine = state.line;
    state.position += 3;
    skipSeparationSpace(state, true);
    allowCompact = state.line > markerLine;
  } else if (hasDirectives) throwError(state, "directives end mark is expected");
  const documentEventIndex = state.events.length;
  if (!explicitStart && state.position === state.lineStart && state.input.charCodeAt(state.position) === 46 && testDocumentSeparator(state)) {
    state.position += 3;
    skipSeparationSpace(state, true);
    return;
  }
  addDocumentEvent(state, explicitStart, false);
  if (!parseNode(state, state.lineIndent - 1, CONTEXT_BLOCK_OUT, false, allowCompact, allowCompact)) addEmptyScalarEvent(state);
  skipSeparationSpace(state, true);
  if (state.position === state.lineStart && testDocumentSeparator(state)) {
    explicitEnd = state.input.charCodeAt(state.position) === 46;
    if (explicitEnd) {
      const markerLine = state.line;
      state.position += 3;
      skipSeparationSpace(state, true);
      if (state.line === markerLine && state.position < state.length) throwError(state, "end of the stream or a document separator is expected");
    }
  }
  const documentEvent = state.events[documentEventIndex];
  if (documentEvent?.type === EVENT_ID.DOCUMENT) documentEvent.explicitEnd = explicitEnd;
  addPopEvent(state);
  if (!explicitEnd && state.position < state.length && !testDocumentBoundary(state)) throwError(state, "end of the stream or a document separator is expected");
}
function parseEvents(input, options) {
  const length = input.length;
  const state = {
    ...DEFAULT_PARSER_OPTIONS,
    ...options,
    input: `${input}\0`,
    length,
    position: 0,
    line: 0,
    lineStart: 0,
    lineIndent: 0,
    firstTabInLine: -1,
    depth: 0,
    directives: [],
    tagHandlers: /* @__PURE__ */ Object.create(null),
    events: []
  };
  const nullpos = input.indexOf("\0");
  if (nullpos !== -1) YAMLException.throwAt(input, nullpos, "null byte is not allowed in input", state.filename);
  while (state.position < state.length) {
    skipByteOrderMark(state);
    skipSeparationSpace(state, true);
    if (state.position >= state.length) break;
    const documentStart = state.position;
    readDocument(state);
    if (state.position === documentStart)
      throwError(state, "can not read a document");
  }
  return state.events;
}
function loadDocuments(input, options = {}) {
  const opts = {
    ...DEFAULT_LOAD_OPTIONS,
    ...options
  };
  const source = String(input);
  const PARSER_OPT_KEYS = Object.keys(DEFAULT_PARSER_OPTIONS);
  const CONSTRUCTOR_OPT_KEYS = Object.keys(DEFAULT_CONSTRUCTOR_OPTIONS);
  return constructFromEvents(parseEvents(source, pick(opts, PARSER_OPT_KEYS)), {
    ...pick(opts, CONSTRUCTOR_OPT_KEYS),
    source
  });
}
function loadAll(input, iteratorOrOptions, options) {
  let iterator = null;
  if (typeof iteratorOrOptions === "function") iterator = iteratorOrOptions;
  else if (iteratorOrOptions !== null && typeof iteratorOrOptions === "object") options = iteratorOrOptions;
  const documents = loadDocuments(input, options);
  if (iterator === null) return documents;
  for (const document of documents) iterator(document);
}
function hasBit(mask, bit) {
  return (mask & 1 << bit) !== 0;
}
function _preferredQuotedStyle(layout) {
  if (layout.presenterOptions.quoteStyle === "single" && hasBit(layout.allowedStylesMask, SCALAR_STYLE.SINGLE_QUOTED)) return SCALAR_STYLE.SINGLE_QUOTED;
  return SCALAR_STYLE.DOUBLE_QUOTED;
}
function applyQuoteFlowKeysOption(layout) {
  if (!layout.presenterOptions.quoteFlowKeys) return;
  if (!layout.isKey || !layout.flowOnly || layout.style !== SCALAR_STYLE.PLAIN) return;
  layout.style = SCALAR_STYLE.DOUBLE_QUOTED;
}
function doubleQuoteForInvisibles(layout) {
  if (layout.style === SCALAR_STYLE.PLAIN && /[\t\x7F-\xA0\u2028\u2029\uFEFF\uFFFE\uFFFF]/.test(layout.node.value)) layout.style = SCALAR_STYLE.DOUBLE_QUOTED;
}
function doubleQuoteWhitespaceOnly(layout) {
  if (layout.style === SCALAR_STYLE.PLAIN && /^\s+$/.test(layout.node.value)) layout.style = SCALAR_STYLE.DOUBLE_QUOTED;
}
function applyForceQuotesOption(layout) {
  if (!layout.presenterOptions.forceQuotes) return;
  if (layout.isKey || layout.style !== SCALAR_STYLE.PLAIN) return;
  if (layout.node.tag !== layout.presenterOptions.schema.defaultScalarTag.tagName) return;
  layout.style = layout.node.value.includes("\n") ? SCALAR_STYLE.DOUBLE_QUOTED : _preferredQuotedStyle(layout);
}
function tryLongOrMultilineAsBlock(layout) {
  if (layout.style !== SCALAR_STYLE.PLAIN || layout.isKey) return;
  const value = layout.node.value;
  const multiline = value.indexOf("\n") !== -1;
  if (!hasBit(layout.allowedStylesMask, SCALAR_STYLE.LITERAL_BLOCK)) {
    if (multiline) layout.style = SCALAR_STYLE.DOUBLE_QUOTED;
    return;
  }
  const w = layout.presenterOptions.lineWidth;
  if (w === -1) {
    if (multiline) layout.style = SCALAR_STYLE.LITERAL_BLOCK;
    return;
  }
  const availableWidth = Math.max(Math.min(w, 40), w - layout.shiftOfContent);
  let position = 0;
  let shouldFold = false;
  while (position <= value.length) {
    let lineEnd = value.length;
    const nextLineBreak = value.indexOf("\n", position);
    if (nextLineBreak !== -1) lineEnd = nextLineBreak;
    const line3 = value.slice(position, lineEnd);
    if (line3.length > availableWidth && line3[0] !== " " && / [^ \t]/.test(line3)) shouldFold = true;
    if (nextLineBreak === -1) break;
    position = nextLineBreak + 1;
  }
  if (shouldFold) layout.style = SCALAR_STYLE.FOLDED_BLOCK;
  else if (multiline) layout.style = SCALAR_STYLE.LITERAL_BLOCK;
}
function quoteInvalidPlain(layout) {
  if (layout.style === SCALAR_STYLE.PLAIN && !hasBit(layout.allowedStylesMask, SCALAR_STYLE.PLAIN)) layout.style = _preferredQuotedStyle(layout);
}
function fallbackToDoubleQuoted(layout) {
  if (!hasBit(layout.allowedStylesMask, layout.style)) layout.style = SCALAR_STYLE.DOUBLE_QUOTED;
}
var NOT_RESOLVED, strTag, NULL_VALUES$1, nullCoreTag, nullJsonTag, NULL_VALUES, nullYaml11Tag, TRUE_VALUES$2, FALSE_VALUES$2, boolCoreTag, TRUE_VALUES$1, FALSE_VALUES$1, boolJsonTag, TRUE_VALUES, FALSE_VALUES, boolYaml11Tag, YAML_INTEGER_IMPLICIT_PATTERN$1, YAML_INTEGER_EXPLICIT_PATTERN$1, intCoreTag, YAML_INTEGER_IMPLICIT_PATTERN, YAML_INTEGER_EXPLICIT_PATTERN, intJsonTag, YAML_INTEGER_PATTERN, intYaml11Tag, YAML_FLOAT_PATTERN$1, YAML_FLOAT_SPECIAL_PATTERN$1, floatCoreTag, YAML_FLOAT_IMPLICIT_PATTERN, YAML_FLOAT_EXPLICIT_PATTERN, floatJsonTag, YAML_FLOAT_PATTERN, YAML_FLOAT_SPECIAL_PATTERN, floatYaml11Tag, mergeTag, BASE64_PATTERN, binaryTag, YAML_DATE_REGEXP, YAML_TIMESTAMP_REGEXP, timestampTag, seqTag, omapTag, pairsTag, mapTag, setTag, Schema, FAILSAFE_SCHEMA, JSON_SCHEMA, CORE_SCHEMA, YAML11_SCHEMA, DUMP_SCHEMA, realMapTag, legacyMapTag, DEFAULT_SNIPPET_OPTIONS, YAMLException, EVENT_ID, SCALAR_STYLE, COLLECTION_STYLE, CHOMPING_MODE, NO_RANGE$3, simpleEscapeCheck, simpleEscapeMap, DEFAULT_TAG_HANDLERS, TAG_SUFFIX_CHARS, TAG_URI_CHARS, NO_RANGE$2, MERGE_TAG_NAME, DEFAULT_CONSTRUCTOR_OPTIONS, NO_RANGE$1, HAS_OWN, CONTEXT_FLOW_IN, CONTEXT_FLOW_OUT, CONTEXT_BLOCK_IN, CONTEXT_BLOCK_OUT, PATTERN_NON_PRINTABLE, PATTERN_FLOW_INDICATORS, PATTERN_TAG_HANDLE, NS_URI_CHAR, NS_TAG_CHAR, PATTERN_TAG_URI, PATTERN_TAG_SUFFIX, PATTERN_TAG_PREFIX, DEFAULT_PARSER_OPTIONS, DEFAULT_LOAD_OPTIONS, DEFAULT_SCALAR_STYLE_RULES, SRC_C_PRINTABLE, SRC_B_CHAR, SRC_C_BYTE_ORDER_MARK, SRC_S_WHITE, SRC_NB_CHAR, SRC_NS_CHAR, SRC_NB_JSON, SRC_C_INDICATOR, SRC_C_FLOW_INDICATOR, SRC_NS_PLAIN_SAFE_FLOW_OUT, SRC_NS_PLAIN_SAFE_FLOW_IN, SRC_NS_PLAIN_FIRST_FLOW_OUT, SRC_NS_PLAIN_FIRST_FLOW_IN, SRC_NS_PLAIN_CHAR_FLOW_OUT, SRC_NS_PLAIN_CHAR_FLOW_IN, SRC_NB_NS_PLAIN_IN_LINE_FLOW_OUT, SRC_NB_NS_PLAIN_IN_LINE_FLOW_IN, SRC_NS_PLAIN_ONE_LINE_FLOW_OUT, SRC_NS_PLAIN_ONE_LINE_FLOW_IN, SRC_NS_PLAIN_ONE_LINE_BLOCK_KEY, SRC_NS_PLAIN_ONE_LINE_FLOW_KEY, SRC_S_NS_PLAIN_NEXT_LINE_FLOW_OUT, SRC_S_NS_PLAIN_NEXT_LINE_FLOW_IN, SRC_NS_PLAIN_MULTI_LINE_FLOW_OUT, SRC_NS_PLAIN_MULTI_LINE_FLOW_IN, NS_PLAIN_FLOW_OUT, NS_PLAIN_FLOW_IN, NS_PLAIN_BLOCK_KEY, NS_PLAIN_FLOW_KEY, NB_SINGLE_ONE_LINE, NB_SINGLE_MULTI_LINE, BLOCK_SCALAR_CONTENT, DEFAULT_PRESENTER_OPTIONS, DEFAULT_DUMP_OPTIONS, EVENT_DOCUMENT, EVENT_SEQUENCE, EVENT_MAPPING, EVENT_SCALAR, EVENT_ALIAS, EVENT_POP, SCALAR_STYLE_PLAIN, SCALAR_STYLE_SINGLE_QUOTED, SCALAR_STYLE_DOUBLE_QUOTED, SCALAR_STYLE_LITERAL_BLOCK, SCALAR_STYLE_FOLDED_BLOCK, COLLECTION_STYLE_BLOCK, COLLECTION_STYLE_FLOW, CHOMPING_CLIP, CHOMPING_STRIP, CHOMPING_KEEP;
var init_js_yaml = __esm({
  "node_modules/js-yaml/dist/js-yaml.mjs"() {
    NOT_RESOLVED = /* @__PURE__ */ Symbol("NOT_RESOLVED");
    strTag = defineScalarTag("tag:yaml.org,2002:str", {
      resolve: (source) => source,
      identify: (data) => typeof data === "string"
    });
    NULL_VALUES$1 = [
      "",
      "~",
      "null",
      "Null",
      "NULL"
    ];
    nullCoreTag = defineScalarTag("tag:yaml.org,2002:null", {
      implicit: true,
      implicitFirstChars: [
        "",
        "~",
        "n",
        "N"
      ],
      resolve: (source) => {
        if (NULL_VALUES$1.indexOf(source) !== -1) return null;
        return NOT_RESOLVED;
      },
      identify: (object) => object === null,
      represent: () => "null"
    });
    nullJsonTag = defineScalarTag("tag:yaml.org,2002:null", {
      implicit: true,
      implicitFirstChars: ["n"],
      resolve: (source, isExplicit) => {
        if (source === "null" || isExplicit && source === "") return null;
        return NOT_RESOLVED;
      },
      identify: (object) => object === null,
      represent: () => "null"
    });
    NULL_VALUES = [
      "",
      "~",
      "null",
      "Null",
      "NULL"
    ];
    nullYaml11Tag = defineScalarTag("tag:yaml.org,2002:null", {
      implicit: true,
      implicitFirstChars: [
        "",
        "~",
        "n",
        "N"
      ],
      resolve: (source) => {
        if (NULL_VALUES.indexOf(source) !== -1) return null;
        return NOT_RESOLVED;
      },
      identify: (object) => object === null,
      represent: () => "null"
    });
    TRUE_VALUES$2 = [
      "true",
      "True",
      "TRUE"
    ];
    FALSE_VALUES$2 = [
      "false",
      "False",
      "FALSE"
    ];
    boolCoreTag = defineScalarTag("tag:yaml.org,2002:bool", {
      implicit: true,
      implicitFirstChars: [
        "t",
        "T",
        "f",
        "F"
      ],
      resolve: (source) => {
        if (TRUE_VALUES$2.indexOf(source) !== -1) return true;
        if (FALSE_VALUES$2.indexOf(source) !== -1) return false;
        return NOT_RESOLVED;
      },
      identify: (object) => Object.prototype.toString.call(object) === "[object Boolean]",
      represent: (object) => object ? "true" : "false"
    });
    TRUE_VALUES$1 = ["true"];
    FALSE_VALUES$1 = ["false"];
    boolJsonTag = defineScalarTag("tag:yaml.org,2002:bool", {
      implicit: true,
      implicitFirstChars: ["t", "f"],
      resolve: (source) => {
        if (TRUE_VALUES$1.indexOf(source) !== -1) return true;
        if (FALSE_VALUES$1.indexOf(source) !== -1) return false;
        return NOT_RESOLVED;
      },
      identify: (object) => Object.prototype.toString.call(object) === "[object Boolean]",
      represent: (object) => object ? "true" : "false"
    });
    TRUE_VALUES = [
      "true",
      "True",
      "TRUE",
      "y",
      "Y",
      "yes",
      "Yes",
      "YES",
      "on",
      "On",
      "ON"
    ];
    FALSE_VALUES = [
      "false",
      "False",
      "FALSE",
      "n",
      "N",
      "no",
      "No",
      "NO",
      "off",
      "Off",
      "OFF"
    ];
    boolYaml11Tag = defineScalarTag("tag:yaml.org,2002:bool", {
      implicit: true,
      implicitFirstChars: [
        "y",
        "Y",
        "n",
        "N",
        "t",
        "T",
        "f",
        "F",
        "o",
        "O"
      ],
      resolve: (source) => {
        if (TRUE_VALUES.indexOf(source) !== -1) return true;
        if (FALSE_VALUES.indexOf(source) !== -1) return false;
        return NOT_RESOLVED;
      },
      identify: (object) => Object.prototype.toString.call(object) === "[object Boolean]",
      represent: (object) => object ? "true" : "false"
    });
    YAML_INTEGER_IMPLICIT_PATTERN$1 = /* @__PURE__ */ new RegExp("^(?:0o[0-7]+|0x[0-9a-fA-F]+|[-+]?[0-9]+)$");
    YAML_INTEGER_EXPLICIT_PATTERN$1 = /* @__PURE__ */ new RegExp("^(?:[-+]?0b[0-1]+|[-+]?0o[0-7]+|[-+]?0x[0-9a-fA-F]+|[-+]?[0-9]+)$");
    intCoreTag = defineScalarTag("tag:yaml.org,2002:int", {
      implicit: true,
      implicitFirstChars: [
        "-",
        "+",
        ..."0123456789"
      ],
      resolve: resolveYamlInteger$2,
      identify: (object) => Number.isInteger(object) && !Object.is(object, -0) && object.toString(10).indexOf("e") < 0,
      represent: (object) => object.toString(10)
    });
    YAML_INTEGER_IMPLICIT_PATTERN = /* @__PURE__ */ new RegExp("^-?(?:0|[1-9][0-9]*)$");
    YAML_INTEGER_EXPLICIT_PATTERN = /* @__PURE__ */ new RegExp("^(?:[-+]?0b[0-1]+|[-+]?0o[0-7]+|[-+]?0x[0-9a-fA-F]+|[-+]?[0-9]+)$");
    intJsonTag = defineScalarTag("tag:yaml.org,2002:int", {
      implicit: true,
      implicitFirstChars: ["-", ..."0123456789"],
      resolve: resolveYamlInteger$1,
      identify: (object) => Number.isInteger(object) && !Object.is(object, -0) && object.toString(10).indexOf("e") < 0,
      represent: (object) => object.toString(10)
    });
    YAML_INTEGER_PATTERN = /* @__PURE__ */ new RegExp("^(?:[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?0x[0-9a-fA-F_]+|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+|[-+]?(?:0|[1-9][0-9_]*))$");
    intYaml11Tag = defineScalarTag("tag:yaml.org,2002:int", {
      implicit: true,
      implicitFirstChars: [
        "-",
        "+",
        ..."0123456789"
      ],
      resolve: resolveYamlInteger,
      identify: (object) => Number.isInteger(object) && !Object.is(object, -0) && object.toString(10).indexOf("e") < 0,
      represent: (object) => object.toString(10)
    });
    YAML_FLOAT_PATTERN$1 = /* @__PURE__ */ new RegExp("^(?:[-+]?[0-9]+(?:\\.[0-9]*)?(?:[eE][-+]?[0-9]+)?|[-+]?\\.[0-9]+(?:[eE][-+]?[0-9]+)?|[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN))$");
    YAML_FLOAT_SPECIAL_PATTERN$1 = /* @__PURE__ */ new RegExp("^(?:[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN))$");
    floatCoreTag = defineScalarTag("tag:yaml.org,2002:float", {
      implicit: true,
      implicitFirstChars: [
        "-",
        "+",
        ".",
        ..."0123456789"
      ],
      resolve: resolveYamlFloat$2,
      identify: (object) => typeof object === "number" && (!Number.isInteger(object) || Object.is(object, -0) || object.toString(10).indexOf("e") >= 0),
      represent: representYamlFloat$2
    });
    YAML_FLOAT_IMPLICIT_PATTERN = /* @__PURE__ */ new RegExp("^-?(?:0|[1-9][0-9]*)(?:\\.[0-9]*)?(?:[eE][-+]?[0-9]+)?$");
    YAML_FLOAT_EXPLICIT_PATTERN = /* @__PURE__ */ new RegExp("^(?:[-+]?[0-9]+(?:\\.[0-9]*)?(?:[eE][-+]?[0-9]+)?|[-+]?\\.[0-9]+(?:[eE][-+]?[0-9]+)?|[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN))$");
    floatJsonTag = defineScalarTag("tag:yaml.org,2002:float", {
      implicit: true,
      implicitFirstChars: ["-", ..."0123456789"],
      resolve: resolveYamlFloat$1,
      identify: (object) => typeof object === "number" && (!Number.isInteger(object) || Object.is(object, -0) || object.toString(10).indexOf("e") >= 0),
      represent: representYamlFloat$1
    });
    YAML_FLOAT_PATTERN = /* @__PURE__ */ new RegExp("^(?:[-+]?(?:(?:[0-9][0-9_]*)?\\.[0-9_]*)(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\\.[0-9_]*|[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN))$");
    YAML_FLOAT_SPECIAL_PATTERN = /* @__PURE__ */ new RegExp("^(?:[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN))$");
    floatYaml11Tag = defineScalarTag("tag:yaml.org,2002:float", {
      implicit: true,
      implicitFirstChars: [
        "-",
        "+",
        ".",
        ..."0123456789"
      ],
      resolve: resolveYamlFloat,
      identify: (object) => typeof object === "number" && (!Number.isInteger(object) || Object.is(object, -0) || object.toString(10).indexOf("e") >= 0),
      represent: representYamlFloat
    });
    mergeTag = defineScalarTag("tag:yaml.org,2002:merge", {
      implicit: true,
      implicitFirstChars: ["<"],
      resolve: (source, isExplicit) => {
        if (source === "<<" || isExplicit && source === "") return "<<";
        return NOT_RESOLVED;
      },
      identify: () => false
    });
    BASE64_PATTERN = /^[A-Za-z0-9+/]*={0,2}$/;
    binaryTag = defineScalarTag("tag:yaml.org,2002:binary", {
      resolve: resolveYamlBinary,
      identify: (object) => Object.prototype.toString.call(object) === "[object Uint8Array]",
      represent: representYamlBinary
    });
    YAML_DATE_REGEXP = /* @__PURE__ */ new RegExp("^([0-9][0-9][0-9][0-9])-([0-9][0-9])-([0-9][0-9])$");
    YAML_TIMESTAMP_REGEXP = /* @__PURE__ */ new RegExp("^([0-9][0-9][0-9][0-9])-([0-9][0-9]?)-([0-9][0-9]?)(?:[Tt]|[ \\t]+)([0-9][0-9]?):([0-9][0-9]):([0-9][0-9])(?:\\.([0-9]*))?(?:[ \\t]*(Z|([-+])([0-9][0-9]?)(?::([0-9][0-9]))?))?$");
    timestampTag = defineScalarTag("tag:yaml.org,2002:timestamp", {
      implicit: true,
      implicitFirstChars: [..."0123456789"],
      resolve: resolveYamlTimestamp,
      identify: (object) => object instanceof Date,
      represent: (object) => object.toISOString()
    });
    seqTag = defineSequenceTag("tag:yaml.org,2002:seq", {
      create: () => [],
      addItem: (container, item) => {
        container.push(item);
      },
      identify: Array.isArray
    });
    omapTag = defineSequenceTag("tag:yaml.org,2002:omap", {
      create: () => ({
        list: [],
        seen: /* @__PURE__ */ new Set()
      }),
      addItem: (carrier, item) => {
        let key;
        if (item instanceof Map) {
          if (item.size !== 1) return "cannot resolve an ordered map item";
          key = item.keys().next().value;
        } else if (isPlainObject(item)) {
          const itemKeys = Object.keys(item);
          if (itemKeys.length !== 1) return "cannot resolve an ordered map item";
          key = itemKeys[0];
        } else return "cannot resolve an ordered map item";
        if (carrier.seen.has(key)) return "duplicate key in ordered map";
        carrier.seen.add(key);
        carrier.list.push(item);
        return "";
      },
      finalize: (carrier) => carrier.list,
      identify: () => false
    });
    pairsTag = defineSequenceTag("tag:yaml.org,2002:pairs", {
      create: () => [],
      addItem: (container, item) => {
        if (item instanceof Map) {
          if (item.size !== 1) return "cannot resolve a pairs item";
          container.push(item.entries().next().value);
          return "";
        }
        if (Object.prototype.toString.call(item) !== "[object Object]") return "cannot resolve a pairs item";
        const object = item;
        const keys = Object.keys(object);
        if (keys.length !== 1) return "cannot resolve a pairs item";
        container.push([keys[0], object[keys[0]]]);
        return "";
      },
      identify: () => false
    });
    mapTag = defineMappingTag("tag:yaml.org,2002:map", {
      create: () => ({}),
      identify: isPlainObject,
      represent: (o) => {
        const map = /* @__PURE__ */ new Map();
        for (const key of Object.keys(o)) map.set(key, o[key]);
        return map;
      },
      addPair: (container, key, value) => {
        if (key !== null && typeof key === "object") return "object-based map does not support complex keys";
        const normalizedKey = String(key);
        if (normalizedKey === "__proto__") Object.defineProperty(container, normalizedKey, {
          value,
          enumerable: true,
          configurable: true,
          writable: true
        });
        else container[normalizedKey] = value;
        return "";
      },
      has: (container, key) => {
        if (key !== null && typeof key === "object") return false;
        return Object.prototype.hasOwnProperty.call(container, String(key));
      },
      keys: (container) => Object.keys(container),
      get: (container, key) => {
        const normalizedKey = String(key);
        if (!Object.prototype.hasOwnProperty.call(container, normalizedKey)) return null;
        return container[normalizedKey];
      }
    });
    setTag = defineMappingTag("tag:yaml.org,2002:set", {
      create: () => /* @__PURE__ */ new Set(),
      identify: (data) => data instanceof Set,
      represent: (data) => {
        const map = /* @__PURE__ */ new Map();
        for (const key of data) map.set(key, null);
        return map;
      },
      addPair: (container, key, value) => {
        if (value !== null) return "cannot resolve a set item";
        container.add(key);
        return "";
      },
      has: (container, key) => container.has(key),
      keys: (container) => container.keys(),
      get: () => null
    });
    Schema = class Schema2 {
      tags;
      /** @internal */
      implicitScalarTags;
      /**
      * Dispatch implicit scalar resolvers by `source.charAt(0)`. Each bucket holds
      * the resolvers that may match that key, in schema order; a key absent from
      * the map uses
      * {@link Schema.implicitScalarAnyFirstChar}
      * (resolvers that declared no first-char constraint, so they apply to any
      * first character).
      */
      implicitScalarByFirstChar;
      implicitScalarAnyFirstChar;
      /**
      * The default scalar tag (`!!str`), resolved once so the composer's fallback
      * for unresolved plain scalars avoids a keyed lookup per scalar.
      *
      * @internal
      */
      defaultScalarTag;
      /**
      * The default container tags (`!!seq` / `!!map`), used by the dumper: when a
      * value is identified by its default tag, the tag is implicit and not
      * printed. Undefined if the schema does not define them (then such values
      * can't be dumped).
      *
      * @internal
      */
      defaultSequenceTag;
      /** @internal */
      defaultMappingTag;
      exact;
      prefix;
      constructor(tags) {
        const compiledTags = compileTags(tags);
        const implicitScalarTags = [];
        const exact = createTagDefinitionMap();
        const prefix = createTagDefinitionListMap();
        for (const tag of compiledTags) {
          if (tag.nodeKind === "scalar" && tag.implicit) {
            if (tag.matchByTagPrefix) throw new Error("Implicit scalar tags cannot match by tag prefix");
            implicitScalarTags.push(tag);
          }
          switch (tag.nodeKind) {
            case "scalar":
              if (tag.matchByTagPrefix) prefix.scalar.push(tag);
              else exact.scalar[tag.tagName] = tag;
              break;
            case "sequence":
              if (tag.matchByTagPrefix) prefix.sequence.push(tag);
              else exact.sequence[tag.tagName] = tag;
              break;
            case "mapping":
              if (tag.matchByTagPrefix) prefix.mapping.push(tag);
              else exact.mapping[tag.tagName] = tag;
          }
        }
        const implicitScalarAnyFirstChar = implicitScalarTags.filter((tag) => tag.implicitFirstChars === null);
        const keys = /* @__PURE__ */ new Set();
        for (const tag of implicitScalarTags) if (tag.implicitFirstChars !== null) for (const key of tag.implicitFirstChars) keys.add(key);
        const implicitScalarByFirstChar = /* @__PURE__ */ new Map();
        for (const key of keys) implicitScalarByFirstChar.set(key, implicitScalarTags.filter((tag) => tag.implicitFirstChars === null || tag.implicitFirstChars.indexOf(key) !== -1));
        const defaultScalarTag = exact.scalar["tag:yaml.org,2002:str"];
        if (!defaultScalarTag) throw new Error("schema does not define the default scalar tag (tag:yaml.org,2002:str)");
        this.tags = compiledTags;
        this.implicitScalarTags = implicitScalarTags;
        this.implicitScalarByFirstChar = implicitScalarByFirstChar;
        this.implicitScalarAnyFirstChar = implicitScalarAnyFirstChar;
        this.defaultScalarTag = defaultScalarTag;
        this.defaultSequenceTag = exact.sequence["tag:yaml.org,2002:seq"];
        this.defaultMappingTag = exact.mapping["tag:yaml.org,2002:map"];
        this.exact = exact;
        this.prefix = prefix;
      }
      /** @internal */
      lookupScalarTag(tagName) {
        const exactTag = this.exact.scalar[tagName];
        if (exactTag) return exactTag;
        for (const tag of this.prefix.scalar) if (tagName.startsWith(tag.tagName)) return tag;
      }
      /** @internal */
      lookupSequenceTag(tagName) {
        const exactTag = this.exact.sequence[tagName];
        if (exactTag) return exactTag;
        for (const tag of this.prefix.sequence) if (tagName.startsWith(tag.tagName)) return tag;
      }
      /** @internal */
      lookupMappingTag(tagName) {
        const exactTag = this.exact.mapping[tagName];
        if (exactTag) return exactTag;
        for (const tag of this.prefix.mapping) if (tagName.startsWith(tag.tagName)) return tag;
      }
      /** @internal */
      resolveImplicitScalarTag(source) {
        const candidates = this.implicitScalarByFirstChar.get(source.charAt(0)) ?? this.implicitScalarAnyFirstChar;
        for (const tag2 of candidates) {
          const value = tag2.resolve(source, false, tag2.tagName);
          if (value !== NOT_RESOLVED) return {
            value,
            tag: tag2
          };
        }
        const tag = this.defaultScalarTag;
        return {
          value: tag.resolve(source, false, tag.tagName),
          tag
        };
      }
      /**
      * Creates a new schema with the specified tags added. If a tag already
      * exists, it is replaced by the specified tag.
      *
      * @example
      *
      * ```javascript
      * import { CORE_SCHEMA, mergeTag, realMapTag } from 'js-yaml'
      *
      * const schema = CORE_SCHEMA.withTags(mergeTag, realMapTag)
      * ```
      */
      withTags(...tags) {
        let flatTags = [];
        for (const tag of tags) flatTags = flatTags.concat(tag);
        return new Schema2([...this.tags, ...flatTags]);
      }
    };
    FAILSAFE_SCHEMA = new Schema([
      strTag,
      seqTag,
      mapTag
    ]);
    JSON_SCHEMA = new Schema([
      ...FAILSAFE_SCHEMA.tags,
      nullJsonTag,
      boolJsonTag,
      intJsonTag,
      floatJsonTag
    ]);
    CORE_SCHEMA = new Schema([
      ...FAILSAFE_SCHEMA.tags,
      nullCoreTag,
      boolCoreTag,
      intCoreTag,
      floatCoreTag
    ]);
    YAML11_SCHEMA = new Schema([
      ...FAILSAFE_SCHEMA.tags,
      nullYaml11Tag,
      boolYaml11Tag,
      intYaml11Tag,
      floatYaml11Tag,
      timestampTag,
      mergeTag,
      binaryTag,
      omapTag,
      pairsTag,
      setTag
    ]);
    DUMP_SCHEMA = YAML11_SCHEMA.withTags({
      ...intYaml11Tag,
      resolve: (source, isExplicit, tagName) => {
        const result = intYaml11Tag.resolve(source, isExplicit, tagName);
        return result === NOT_RESOLVED ? intCoreTag.resolve(source, isExplicit, tagName) : result;
      }
    }, {
      ...floatYaml11Tag,
      resolve: (source, isExplicit, tagName) => {
        const result = floatYaml11Tag.resolve(source, isExplicit, tagName);
        return result === NOT_RESOLVED ? floatCoreTag.resolve(source, isExplicit, tagName) : result;
      }
    });
    realMapTag = defineMappingTag("tag:yaml.org,2002:map", {
      create: () => /* @__PURE__ */ new Map(),
      addPair: (container, key, value) => {
        container.set(key, value);
        return "";
      },
      has: (container, key) => container.has(key),
      keys: (container) => container.keys(),
      get: (container, key) => container.get(key),
      identify: (data) => data instanceof Map || isPlainObject(data),
      represent: (data) => {
        if (data instanceof Map) return data;
        const map = /* @__PURE__ */ new Map();
        const obj = data;
        for (const key of Object.keys(obj)) map.set(key, obj[key]);
        return map;
      }
    });
    legacyMapTag = defineMappingTag("tag:yaml.org,2002:map", {
      create: () => ({}),
      identify: isPlainObject,
      represent: (o) => {
        const map = /* @__PURE__ */ new Map();
        for (const key of Object.keys(o)) map.set(key, o[key]);
        return map;
      },
      addPair: (container, key, value) => {
        const normalizedKey = normalizeKey(key);
        if (normalizedKey === null) return "nested arrays are not supported inside keys";
        if (normalizedKey === "__proto__") Object.defineProperty(container, normalizedKey, {
          value,
          enumerable: true,
          configurable: true,
          writable: true
        });
        else container[normalizedKey] = value;
        return "";
      },
      has: (container, key) => {
        const normalizedKey = normalizeKey(key);
        return normalizedKey !== null && Object.prototype.hasOwnProperty.call(container, normalizedKey);
      },
      keys: (container) => Object.keys(container),
      get: (container, key) => {
        const normalizedKey = String(key);
        if (!Object.prototype.hasOwnProperty.call(container, normalizedKey)) return null;
        return container[normalizedKey];
      }
    });
    DEFAULT_SNIPPET_OPTIONS = {
      maxLength: 79,
      indent: 1,
      linesBefore: 3,
      linesAfter: 2
    };
    YAMLException = class YAMLException2 extends Error {
      reason;
      mark;
      /**
      * Optional `mark` contains source snippet data. Usually, use
      * {@link YAMLException.throwAt} instead of passing it directly.
      */
      constructor(reason, mark) {
        super();
        this.name = "YAMLException";
        this.reason = reason;
        this.mark = mark;
        this.message = formatError(this, false);
        if (Error.captureStackTrace) Error.captureStackTrace(this, this.constructor);
      }
      /**
      * Returns the formatted error, omitting the source snippet in compact mode.
      */
      toString(compact) {
        return `${this.name}: ${formatError(this, compact)}`;
      }
      /**
      * Builds a YAMLException with a source snippet and throws it. `source` is
      * the raw input text; `position` is an offset into it.
      */
      static throwAt(source, position, message, filename = "") {
        let line3 = 0;
        let lineStart2 = 0;
        for (let index = 0; index < position; index++) {
          const ch = source.charCodeAt(index);
          if (ch === 10) {
            line3++;
            lineStart2 = index + 1;
          } else if (ch === 13) {
            line3++;
            if (source.charCodeAt(index + 1) === 10) index++;
            lineStart2 = index + 1;
          }
        }
        const mark = {
          name: filename,
          buffer: source,
          position,
          line: line3,
          column: position - lineStart2
        };
        mark.snippet = makeSnippet(mark);
        throw new YAMLException2(message, mark);
      }
    };
    EVENT_ID = {
      DOCUMENT: 1,
      SEQUENCE: 2,
      MAPPING: 3,
      SCALAR: 4,
      ALIAS: 5,
      POP: 6
    };
    SCALAR_STYLE = {
      PLAIN: 1,
      SINGLE_QUOTED: 2,
      DOUBLE_QUOTED: 3,
      LITERAL_BLOCK: 4,
      FOLDED_BLOCK: 5
    };
    COLLECTION_STYLE = {
      BLOCK: 1,
      FLOW: 2
    };
    CHOMPING_MODE = {
      CLIP: 1,
      STRIP: 2,
      KEEP: 3
    };
    NO_RANGE$3 = -1;
    simpleEscapeCheck = new Array(256);
    simpleEscapeMap = new Array(256);
    for (let i = 0; i < 256; i++) {
      simpleEscapeCheck[i] = simpleEscapeSequence(i) ? 1 : 0;
      simpleEscapeMap[i] = simpleEscapeSequence(i);
    }
    DEFAULT_TAG_HANDLERS = Object.assign(/* @__PURE__ */ Object.create(null), {
      "!": "!",
      "!!": "tag:yaml.org,2002:"
    });
    TAG_SUFFIX_CHARS = "-#;/?:@&=+$_.~*'()";
    TAG_URI_CHARS = TAG_SUFFIX_CHARS + "!,[]";
    NO_RANGE$2 = -1;
    MERGE_TAG_NAME = "tag:yaml.org,2002:merge";
    DEFAULT_CONSTRUCTOR_OPTIONS = {
      filename: "",
      schema: CORE_SCHEMA,
      json: false,
      maxTotalMergeKeys: 1e4,
      maxAliases: -1
    };
    NO_RANGE$1 = -1;
    HAS_OWN = Object.prototype.hasOwnProperty;
    CONTEXT_FLOW_IN = 1;
    CONTEXT_FLOW_OUT = 2;
    CONTEXT_BLOCK_IN = 3;
    CONTEXT_BLOCK_OUT = 4;
    PATTERN_NON_PRINTABLE = /[\x00-\x08\x0B\x0C\x0E-\x1F\x7F-\x84\x86-\x9F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?:[^\uD800-\uDBFF]|^)[\uDC00-\uDFFF]/;
    PATTERN_FLOW_INDICATORS = /[,\[\]{}]/;
    PATTERN_TAG_HANDLE = /^(?:!|!!|![0-9A-Za-z-]+!)$/;
    NS_URI_CHAR = String.raw`(?:%[0-9A-Fa-f]{2}|[0-9A-Za-z\-#;/?:@&=+$,_.!~*'()\[\]])`;
    NS_TAG_CHAR = String.raw`(?:%[0-9A-Fa-f]{2}|[0-9A-Za-z\-#;/?:@&=+$.~*'()_])`;
    PATTERN_TAG_URI = new RegExp(`^(?:${NS_URI_CHAR})*$`);
    PATTERN_TAG_SUFFIX = new RegExp(`^(?:${NS_TAG_CHAR})+$`);
    PATTERN_TAG_PREFIX = new RegExp(`^(?:!(?:${NS_URI_CHAR})*|${NS_TAG_CHAR}(?:${NS_URI_CHAR})*)$`);
    DEFAULT_PARSER_OPTIONS = {
      filename: "",
      maxDepth: 100
    };
    DEFAULT_LOAD_OPTIONS = {
      ...DEFAULT_PARSER_OPTIONS,
      ...DEFAULT_CONSTRUCTOR_OPTIONS
    };
    DEFAULT_SCALAR_STYLE_RULES = {
      applyQuoteFlowKeysOption,
      doubleQuoteForInvisibles,
      doubleQuoteWhitespaceOnly,
      applyForceQuotesOption,
      tryLongOrMultilineAsBlock,
      quoteInvalidPlain,
      fallbackToDoubleQuoted
    };
    SRC_C_PRINTABLE = "[\\x09\\x0A\\x0D\\x20-\\x7E\\x85\\xA0-\\uD7FF\\uE000-\\uFFFD\\u{10000}-\\u{10FFFF}]";
    SRC_B_CHAR = "[\\n\\r]";
    SRC_C_BYTE_ORDER_MARK = "\\uFEFF";
    SRC_S_WHITE = "[ \\t]";
    SRC_NB_CHAR = `(?:(?!(?:${SRC_B_CHAR}|${SRC_C_BYTE_ORDER_MARK}))${SRC_C_PRINTABLE})`;
    SRC_NS_CHAR = `(?:(?!${SRC_S_WHITE})${SRC_NB_CHAR})`;
    SRC_NB_JSON = "[\\x09\\x20-\\uD7FF\\uE000-\\uFFFF\\u{10000}-\\u{10FFFF}]";
    SRC_C_INDICATOR = "[-?:,\\[\\]{}#&*!|>'\"%@`]";
    SRC_C_FLOW_INDICATOR = "[,\\[\\]{}]";
    SRC_NS_PLAIN_SAFE_FLOW_OUT = SRC_NS_CHAR;
    SRC_NS_PLAIN_SAFE_FLOW_IN = `(?:(?!${SRC_C_FLOW_INDICATOR})${SRC_NS_CHAR})`;
    SRC_NS_PLAIN_FIRST_FLOW_OUT = `(?:(?:(?!${SRC_C_INDICATOR})${SRC_NS_CHAR})|[?:-](?=${SRC_NS_PLAIN_SAFE_FLOW_OUT}))`;
    SRC_NS_PLAIN_FIRST_FLOW_IN = `(?:(?:(?!${SRC_C_INDICATOR})${SRC_NS_CHAR})|[?:-](?=${SRC_NS_PLAIN_SAFE_FLOW_IN}))`;
    SRC_NS_PLAIN_CHAR_FLOW_OUT = `(?:(?:(?![:#])${SRC_NS_PLAIN_SAFE_FLOW_OUT})|:(?=${SRC_NS_PLAIN_SAFE_FLOW_OUT}))#*`;
    SRC_NS_PLAIN_CHAR_FLOW_IN = `(?:(?:(?![:#])${SRC_NS_PLAIN_SAFE_FLOW_IN})|:(?=${SRC_NS_PLAIN_SAFE_FLOW_IN}))#*`;
    SRC_NB_NS_PLAIN_IN_LINE_FLOW_OUT = `(?:${SRC_S_WHITE}*${SRC_NS_PLAIN_CHAR_FLOW_OUT})*`;
    SRC_NB_NS_PLAIN_IN_LINE_FLOW_IN = `(?:${SRC_S_WHITE}*${SRC_NS_PLAIN_CHAR_FLOW_IN})*`;
    SRC_NS_PLAIN_ONE_LINE_FLOW_OUT = `${SRC_NS_PLAIN_FIRST_FLOW_OUT}#*${SRC_NB_NS_PLAIN_IN_LINE_FLOW_OUT}`;
    SRC_NS_PLAIN_ONE_LINE_FLOW_IN = `${SRC_NS_PLAIN_FIRST_FLOW_IN}#*${SRC_NB_NS_PLAIN_IN_LINE_FLOW_IN}`;
    SRC_NS_PLAIN_ONE_LINE_BLOCK_KEY = SRC_NS_PLAIN_ONE_LINE_FLOW_OUT;
    SRC_NS_PLAIN_ONE_LINE_FLOW_KEY = SRC_NS_PLAIN_ONE_LINE_FLOW_IN;
    SRC_S_NS_PLAIN_NEXT_LINE_FLOW_OUT = `\\n+${SRC_NS_PLAIN_CHAR_FLOW_OUT}${SRC_NB_NS_PLAIN_IN_LINE_FLOW_OUT}`;
    SRC_S_NS_PLAIN_NEXT_LINE_FLOW_IN = `\\n+${SRC_NS_PLAIN_CHAR_FLOW_IN}${SRC_NB_NS_PLAIN_IN_LINE_FLOW_IN}`;
    SRC_NS_PLAIN_MULTI_LINE_FLOW_OUT = `${SRC_NS_PLAIN_ONE_LINE_FLOW_OUT}(?:${SRC_S_NS_PLAIN_NEXT_LINE_FLOW_OUT})*`;
    SRC_NS_PLAIN_MULTI_LINE_FLOW_IN = `${SRC_NS_PLAIN_ONE_LINE_FLOW_IN}(?:${SRC_S_NS_PLAIN_NEXT_LINE_FLOW_IN})*`;
    NS_PLAIN_FLOW_OUT = new RegExp(`^(?:${SRC_NS_PLAIN_MULTI_LINE_FLOW_OUT})$`, "u");
    NS_PLAIN_FLOW_IN = new RegExp(`^(?:${SRC_NS_PLAIN_MULTI_LINE_FLOW_IN})$`, "u");
    NS_PLAIN_BLOCK_KEY = new RegExp(`^(?:${SRC_NS_PLAIN_ONE_LINE_BLOCK_KEY})$`, "u");
    NS_PLAIN_FLOW_KEY = new RegExp(`^(?:${SRC_NS_PLAIN_ONE_LINE_FLOW_KEY})$`, "u");
    NB_SINGLE_ONE_LINE = new RegExp(`^(?:${SRC_NB_JSON})*$`, "u");
    NB_SINGLE_MULTI_LINE = new RegExp(`^(?:${SRC_NB_JSON}|\\n)*$`, "u");
    BLOCK_SCALAR_CONTENT = new RegExp(`^(?:${SRC_NB_CHAR}|\\n)*$`, "u");
    DEFAULT_PRESENTER_OPTIONS = {
      indent: 2,
      seqNoIndent: false,
      seqInlineFirst: true,
      lineWidth: 80,
      flowBracketPadding: false,
      flowSkipCommaSpace: false,
      flowSkipColonSpace: false,
      quoteFlowKeys: false,
      quoteStyle: "single",
      forceQuotes: false,
      scalarStyleRules: Object.keys(DEFAULT_SCALAR_STYLE_RULES).map((name) => Reflect.get(DEFAULT_SCALAR_STYLE_RULES, name)),
      tagBeforeAnchor: false
    };
    DEFAULT_DUMP_OPTIONS = {
      ...DEFAULT_PRESENTER_OPTIONS,
      schema: DUMP_SCHEMA,
      skipInvalid: false,
      noRefs: false,
      flowLevel: -1,
      sortKeys: false,
      transform: () => {
      }
    };
    EVENT_DOCUMENT = EVENT_ID.DOCUMENT;
    EVENT_SEQUENCE = EVENT_ID.SEQUENCE;
    EVENT_MAPPING = EVENT_ID.MAPPING;
    EVENT_SCALAR = EVENT_ID.SCALAR;
    EVENT_ALIAS = EVENT_ID.ALIAS;
    EVENT_POP = EVENT_ID.POP;
    SCALAR_STYLE_PLAIN = SCALAR_STYLE.PLAIN;
    SCALAR_STYLE_SINGLE_QUOTED = SCALAR_STYLE.SINGLE_QUOTED;
    SCALAR_STYLE_DOUBLE_QUOTED = SCALAR_STYLE.DOUBLE_QUOTED;
    SCALAR_STYLE_LITERAL_BLOCK = SCALAR_STYLE.LITERAL_BLOCK;
    SCALAR_STYLE_FOLDED_BLOCK = SCALAR_STYLE.FOLDED_BLOCK;
    COLLECTION_STYLE_BLOCK = COLLECTION_STYLE.BLOCK;
    COLLECTION_STYLE_FLOW = COLLECTION_STYLE.FLOW;
    CHOMPING_CLIP = CHOMPING_MODE.CLIP;
    CHOMPING_STRIP = CHOMPING_MODE.STRIP;
    CHOMPING_KEEP = CHOMPING_MODE.KEEP;
  }
});

// src/lib/yaml.ts
var MOST_ALIASES, readYaml;
var init_yaml = __esm({
  "src/lib/yaml.ts"() {
    "use strict";
    init_js_yaml();
    MOST_ALIASES = 100;
    readYaml = (text5) => {
      try {
        const schema = CORE_SCHEMA.withTags(mergeTag);
        const [value = null, ...more2] = loadAll(text5, { schema, maxAliases: MOST_ALIASES });
        return more2.length > 0 ? { kind: "invalid", place: "" } : { kind: "ok", value };
      } catch (failure) {
        const mark = failure instanceof YAMLException ? failure.mark : void 0;
        return { kind: "invalid", place: mark === void 0 ? "" : `line ${mark.line + 1}, column ${mark.column + 1}` };
      }
    };
  }
});

// src/argocd/kubernetes/kubeconfig.ts
var import_node_fs2, import_node_path, unusable, parseKubeconfig, ENCODED_HINT, looksEncoded, entries, PATHS, withAbsolutePaths, readKubeconfigs, readIfThere, firstOfEachName, SERVICE_ACCOUNT, inClusterKubeconfig, resolveContext, MAX_NAMES, quoted;
var init_kubeconfig = __esm({
  "src/argocd/kubernetes/kubeconfig.ts"() {
    "use strict";
    import_node_fs2 = require("node:fs");
    import_node_path = __toESM(require("node:path"), 1);
    init_json();
    init_nearest();
    init_text();
    init_yaml();
    init_errors();
    unusable = (message, hint = "", cause) => new ArgoCdError("configuration", message, { hint, cause });
    parseKubeconfig = (yaml, source, folder) => {
      const read = readYaml(yaml);
      if (read.kind === "invalid") {
        throw unusable(
          `${source} is not valid YAML${read.place === "" ? "" : `: ${read.place}`}`,
          looksEncoded(yaml) ? ENCODED_HINT : "Give the content of a kubeconfig file, or the path to one."
        );
      }
      const content = read.value;
      if (!isRecord(content) || !Array.isArray(content.clusters) || !Array.isArray(content.contexts)) {
        throw unusable(
          `${source} is not a kubeconfig: it has no clusters and contexts`,
          looksEncoded(yaml) ? ENCODED_HINT : "Give the content of a kubeconfig file, or the path to one."
        );
      }
      const absolute = (entry) => ({ ...entry, value: withAbsolutePaths(entry.value, folder) });
      return {
        clusters: entries(content.clusters, "cluster").map(absolute),
        users: entries(content.users, "user").map(absolute),
        contexts: entries(content.contexts, "context"),
        currentContext: text(content["current-context"])
      };
    };
    ENCODED_HINT = "It looks base64-encoded: decode it first.";
    looksEncoded = (value) => /^[A-Za-z0-9+/\s]{100,}={0,2}\s*$/.test(value);
    entries = (value, field) => list(value).filter(isRecord).map((entry) => ({ name: text(entry.name), value: record(entry[field]) })).filter((entry) => entry.name !== "");
    PATHS = ["certificate-authority", "client-certificate", "client-key", "tokenFile"];
    withAbsolutePaths = (value, folder) => {
      const changed = PATHS.map((name) => [name, text(value[name])]).filter(([, file]) => file !== "" && !import_node_path.default.isAbsolute(file)).map(([name, file]) => [name, import_node_path.default.join(folder, file)]);
      return { ...value, ...Object.fromEntries(changed) };
    };
    readKubeconfigs = (files) => {
      const found = [];
      for (const file of files) {
        const content = readIfThere(file);
        if (content !== void 0)
          found.push(parseKubeconfig(content, `the kubeconfig ${file}`, import_node_path.default.dirname(import_node_path.default.resolve(file))));
      }
      if (found.length === 0) {
        throw unusable(
          `the kubeconfig ${enumerate(files, "or")} does not exist`,
          "Write the file in an earlier step, or give its content as `kubeconfig`."
        );
      }
      return {
        clusters: firstOfEachName(found.flatMap((config) => config.clusters)),
        users: firstOfEachName(found.flatMap((config) => config.users)),
        contexts: firstOfEachName(found.flatMap((config) => config.contexts)),
        currentContext: found.find((config) => config.currentContext !== "")?.currentContext ?? ""
      };
    };
    readIfThere = (file) => {
      try {
        return (0, import_node_fs2.readFileSync)(file, "utf8");
      } catch (cause) {
        const code2 = isRecord(cause) ? text(cause.code) : "";
        if (code2 === "ENOENT" || code2 === "ENOTDIR") return void 0;
        throw unusable(`the kubeconfig ${file} cannot be read (${code2})`, "", cause);
      }
    };
    firstOfEachName = (all) => {
      const byName = /* @__PURE__ */ new Map();
      for (const entry of all) if (!byName.has(entry.name)) byName.set(entry.name, entry);
      return [...byName.values()];
    };
    SERVICE_ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount";
    inClusterKubeconfig = (environment, folder = SERVICE_ACCOUNT) => {
      const host = environment.KUBERNETES_SERVICE_HOST ?? "";
      const port = environment.KUBERNETES_SERVICE_PORT ?? "";
      if (host === "" || port === "") {
        throw unusable(
          "no kubeconfig was given, and this does not run in a Kubernetes cluster",
          "Set `kubeconfig`, or the variable KUBECONFIG, or `argocd-server`."
        );
      }
      return {
        clusters: [
          {
            name: "in-cluster",
            value: {
              server: `https://${host.includes(":") ? `[${host}]` : host}:${port}`,
              "certificate-authority": import_node_path.default.join(folder, "ca.crt")
            }
          }
        ],
        users: [{ name: "in-cluster", value: { tokenFile: import_node_path.default.join(folder, "token") } }],
        contexts: [{ name: "in-cluster", value: { cluster: "in-cluster", user: "in-cluster" } }],
        currentContext: "in-cluster"
      };
    };
    resolveContext = (config, wanted) => {
      const name = wanted === "" ? config.currentContext : wanted;
      const names = config.contexts.map((context2) => context2.name);
      if (name === "") {
        throw unusable("the kubeconfig has no current context", `Set \`context\` to one of ${quoted(names)}.`);
      }
      const context = config.contexts.find((entry) => entry.name === name);
      if (context === void 0) {
        const near = nearest(name, names, 3);
        throw unusable(
          `the kubeconfig has no context "${name}"`,
          names.length === 0 ? "It has none at all." : `Set \`context\` to ${quoted(near.length > 0 ? near : names)}.`
        );
      }
      const clusterName = text(context.value.cluster);
      const cluster = config.clusters.find((entry) => entry.name === clusterName);
      if (cluster === void 0) throw unusable(`context "${name}" names a cluster that the kubeconfig does not have`);
      const userName = text(context.value.user);
      const user = config.users.find((entry) => entry.name === userName);
      if (user === void 0 && userName !== "") {
        throw unusable(`context "${name}" names a user that the kubeconfig does not have`);
      }
      return { context: name, cluster, user: user ?? { name: "", value: {} } };
    };
    MAX_NAMES = 10;
    quoted = (names) => names.length > MAX_NAMES ? `${names.slice(0, MAX_NAMES).map((name) => `"${name}"`).join(", ")}, \u2026` : enumerate(
      names.map((name) => `"${name}"`),
      "or"
    );
  }
});

// src/argocd/kubernetes/connection.ts
var connection_exports = {};
__export(connection_exports, {
  openConnection: () => openConnection
});
var import_node_process, openConnection;
var init_connection = __esm({
  "src/argocd/kubernetes/connection.ts"() {
    "use strict";
    import_node_process = __toESM(require("node:process"), 1);
    init_json();
    init_errors();
    init_http();
    init_credentials();
    init_errors2();
    init_kubeconfig();
    openConnection = async (connection, deps, signal) => {
      const { kubeconfig } = connection;
      const config = kubeconfig.kind === "content" ? parseKubeconfig(kubeconfig.yaml, "`kubeconfig`", import_node_process.default.cwd()) : kubeconfig.kind === "path" ? readKubeconfigs(kubeconfig.paths) : inClusterKubeconfig(import_node_process.default.env);
      const target = resolveContext(config, connection.context);
      const cluster = target.cluster.value;
      const server = URL.parse(text(cluster.server));
      if (server === null || server.protocol !== "https:" && server.protocol !== "http:") {
        throw new ArgoCdError("configuration", `the cluster of context "${target.context}" has no usable server address`);
      }
      const base = server.href.replace(/\/$/, "");
      const proxyUrl = text(cluster["proxy-url"]);
      const authenticate = authenticator(target, deps);
      const http2 = createHttp(
        {
          base,
          tls: {
            authorities: [pemOf(cluster, "certificate-authority"), connection.certificateAuthority],
            trustPublic: false,
            insecureSkipVerify: connection.insecureSkipTlsVerify || cluster["insecure-skip-tls-verify"] === true,
            serverName: text(cluster["tls-server-name"])
          },
          proxy: proxyUrl === "" ? connection.proxy : { https: proxyUrl, http: proxyUrl, no: "" },
          headers: connection.headers,
          requestTimeoutMs: connection.requestTimeoutMs,
          authenticate: (signal2) => {
            const credentials = authenticate(signal2);
            if (connection.clientCertificate === "") return credentials;
            const certified = (given) => ({
              ...given,
              certificate: connection.clientCertificate,
              key: connection.clientKey
            });
            return credentials instanceof Promise ? credentials.then(certified) : certified(credentials);
          },
          explain: kubernetesMeaning,
          wrongServerHint: "Check the server address of the kubeconfig: this is not a Kubernetes API."
        },
        deps
      );
      try {
        await http2.prepare(signal);
      } catch (error2) {
        await http2.close();
        throw error2;
      }
      const context = kubeconfig.kind === "in-cluster" ? "in-cluster" : `context ${target.context}`;
      return {
        http: http2,
        server: base,
        description: `Kubernetes API ${server.origin}${server.pathname.replace(/\/$/, "")} (${context})`
      };
    };
  }
});

// node_modules/yaml/dist/nodes/identity.js
var require_identity = __commonJS({
  "node_modules/yaml/dist/nodes/identity.js"(exports2) {
    "use strict";
    var ALIAS = /* @__PURE__ */ Symbol.for("yaml.alias");
    var DOC = /* @__PURE__ */ Symbol.for("yaml.document");
    var MAP = /* @__PURE__ */ Symbol.for("yaml.map");
    var PAIR = /* @__PURE__ */ Symbol.for("yaml.pair");
    var SCALAR = /* @__PURE__ */ Symbol.for("yaml.scalar");
    var SEQ = /* @__PURE__ */ Symbol.for("yaml.seq");
    var NODE_TYPE = /* @__PURE__ */ Symbol.for("yaml.node.type");
    var isAlias2 = (node) => !!node && typeof node === "object" && node[NODE_TYPE] === ALIAS;
    var isDocument = (node) => !!node && typeof node === "object" && node[NODE_TYPE] === DOC;
    var isMap3 = (node) => !!node && typeof node === "object" && node[NODE_TYPE] === MAP;
    var isPair = (node) => !!node && typeof node === "object" && node[NODE_TYPE] === PAIR;
    var isScalar4 = (node) => !!node && typeof node === "object" && node[NODE_TYPE] === SCALAR;
    var isSeq3 = (node) => !!node && typeof node === "object" && node[NODE_TYPE] === SEQ;
    function isCollection2(node) {
      if (node && typeof node === "object")
        switch (node[NODE_TYPE]) {
          case MAP:
          case SEQ:
            return true;
        }
      return false;
    }
    function isNode(node) {
      if (node && typeof node === "object")
        switch (node[NODE_TYPE]) {
          case ALIAS:
          case MAP:
          case SCALAR:
          case SEQ:
            return true;
        }
      return false;
    }
    var hasAnchor = (node) => (isScalar4(node) || isCollection2(node)) && !!node.anchor;
    exports2.ALIAS = ALIAS;
    exports2.DOC = DOC;
    exports2.MAP = MAP;
    exports2.NODE_TYPE = NODE_TYPE;
    exports2.PAIR = PAIR;
    exports2.SCALAR = SCALAR;
    exports2.SEQ = SEQ;
    exports2.hasAnchor = hasAnchor;
    exports2.isAlias = isAlias2;
    exports2.isCollection = isCollection2;
    exports2.isDocument = isDocument;
    exports2.isMap = isMap3;
    exports2.isNode = isNode;
    exports2.isPair = isPair;
    exports2.isScalar = isScalar4;
    exports2.isSeq = isSeq3;
  }
});

// node_modules/yaml/dist/visit.js
var require_visit = __commonJS({
  "node_modules/yaml/dist/visit.js"(exports2) {
    "use strict";
    var identity2 = require_identity();
    var BREAK = /* @__PURE__ */ Symbol("break visit");
    var SKIP = /* @__PURE__ */ Symbol("skip children");
    var REMOVE = /* @__PURE__ */ Symbol("remove node");
    function visit3(node, visitor) {
      const visitor_ = initVisitor(visitor);
      if (identity2.isDocument(node)) {
        const cd = visit_(null, node.contents, visitor_, Object.freeze([node]));
        if (cd === REMOVE)
          node.contents = null;
      } else
        visit_(null, node, visitor_, Object.freeze([]));
    }
    visit3.BREAK = BREAK;
    visit3.SKIP = SKIP;
    visit3.REMOVE = REMOVE;
    function visit_(key, node, visitor, path5) {
      const ctrl = callVisitor(key, node, visitor, path5);
      if (identity2.isNode(ctrl) || identity2.isPair(ctrl)) {
        replaceNode(key, path5, ctrl);
        return visit_(key, ctrl, visitor, path5);
      }
      if (typeof ctrl !== "symbol") {
        if (identity2.isCollection(node)) {
          path5 = Object.freeze(path5.concat(node));
          for (let i = 0; i < node.items.length; ++i) {
            const ci = visit_(i, node.items[i], visitor, path5);
            if (typeof ci === "number")
              i = ci - 1;
            else if (ci === BREAK)
              return BREAK;
            else if (ci === REMOVE) {
              node.items.splice(i, 1);
              i -= 1;
            }
          }
        } else if (identity2.isPair(node)) {
          path5 = Object.freeze(path5.concat(node));
          const ck = visit_("key", node.key, visitor, path5);
          if (ck === BREAK)
            return BREAK;
          else if (ck === REMOVE)
            node.key = null;
          const cv = visit_("value", node.value, visitor, path5);
          if (cv === BREAK)
            return BREAK;
          else if (cv === REMOVE)
            node.value = null;
        }
      }
      return ctrl;
    }
    async function visitAsync(node, visitor) {
      const visitor_ = initVisitor(visitor);
      if (identity2.isDocument(node)) {
        const cd = await visitAsync_(null, node.contents, visitor_, Object.freeze([node]));
        if (cd === REMOVE)
          node.contents = null;
      } else
        await visitAsync_(null, node, visitor_, Object.freeze([]));
    }
    visitAsync.BREAK = BREAK;
    visitAsync.SKIP = SKIP;
    visitAsync.REMOVE = REMOVE;
    async function visitAsync_(key, node, visitor, path5) {
      const ctrl = await callVisitor(key, node, visitor, path5);
      if (identity2.isNode(ctrl) || identity2.isPair(ctrl)) {
        replaceNode(key, path5, ctrl);
        return visitAsync_(key, ctrl, visitor, path5);
      }
      if (typeof ctrl !== "symbol") {
        if (identity2.isCollection(node)) {
          path5 = Object.freeze(path5.concat(node));
          for (let i = 0; i < node.items.length; ++i) {
            const ci = await visitAsync_(i, node.items[i], visitor, path5);
            if (typeof ci === "number")
              i = ci - 1;
            else if (ci === BREAK)
              return BREAK;
            else if (ci === REMOVE) {
              node.items.splice(i, 1);
              i -= 1;
            }
          }
        } else if (identity2.isPair(node)) {
          path5 = Object.freeze(path5.concat(node));
          const ck = await visitAsync_("key", node.key, visitor, path5);
          if (ck === BREAK)
            return BREAK;
          else if (ck === REMOVE)
            node.key = null;
          const cv = await visitAsync_("value", node.value, visitor, path5);
          if (cv === BREAK)
            return BREAK;
          else if (cv === REMOVE)
            node.value = null;
        }
      }
      return ctrl;
    }
    function initVisitor(visitor) {
      if (typeof visitor === "object" && (visitor.Collection || visitor.Node || visitor.Value)) {
        return Object.assign({
          Alias: visitor.Node,
          Map: visitor.Node,
          Scalar: visitor.Node,
          Seq: visitor.Node
        }, visitor.Value && {
          Map: visitor.Value,
          Scalar: visitor.Value,
          Seq: visitor.Value
        }, visitor.Collection && {
          Map: visitor.Collection,
          Seq: visitor.Collection
        }, visitor);
      }
      return visitor;
    }
    function callVisitor(key, node, visitor, path5) {
      if (typeof visitor === "function")
        return visitor(key, node, path5);
      if (identity2.isMap(node))
        return visitor.Map?.(key, node, path5);
      if (identity2.isSeq(node))
        return visitor.Seq?.(key, node, path5);
      if (identity2.isPair(node))
        return visitor.Pair?.(key, node, path5);
      if (identity2.isScalar(node))
        return visitor.Scalar?.(key, node, path5);
      if (identity2.isAlias(node))
        return visitor.Alias?.(key, node, path5);
      return void 0;
    }
    function replaceNode(key, path5, node) {
      const parent2 = path5[path5.length - 1];
      if (identity2.isCollection(parent2)) {
        parent2.items[key] = node;
      } else if (identity2.isPair(parent2)) {
        if (key === "key")
          parent2.key = node;
        else
          parent2.value = node;
      } else if (identity2.isDocument(parent2)) {
        parent2.contents = node;
      } else {
        const pt = identity2.isAlias(parent2) ? "alias" : "scalar";
        throw new Error(`Cannot replace node with ${pt} parent`);
      }
    }
    exports2.visit = visit3;
    exports2.visitAsync = visitAsync;
  }
});

// node_modules/yaml/dist/doc/directives.js
var require_directives = __commonJS({
  "node_modules/yaml/dist/doc/directives.js"(exports2) {
    "use strict";
    var identity2 = require_identity();
    var visit3 = require_visit();
    var escapeChars = {
      "!": "%21",
      ",": "%2C",
      "[": "%5B",
      "]": "%5D",
      "{": "%7B",
      "}": "%7D"
    };
    var escapeTagName = (tn) => tn.replace(/[!,[\]{}]/g, (ch) => escapeChars[ch]);
    var Directives = class _Directives {
      constructor(yaml, tags) {
        this.docStart = null;
        this.docEnd = false;
        this.yaml = Object.assign({}, _Directives.defaultYaml, yaml);
        this.tags = Object.assign({}, _Directives.defaultTags, tags);
      }
      clone() {
        const copy = new _Directives(this.yaml, this.tags);
        copy.docStart = this.docStart;
        return copy;
      }
      /**
       * During parsing, get a Directives instance for the current document and
       * update the stream state according to the current version's spec.
       */
      atDocument() {
        const res = new _Directives(this.yaml, this.tags);
        switch (this.yaml.version) {
          case "1.1":
            this.atNextDocument = true;
            break;
          case "1.2":
            this.atNextDocument = false;
            this.yaml = {
              explicit: _Directives.defaultYaml.explicit,
              version: "1.2"
            };
            this.tags = Object.assign({}, _Directives.defaultTags);
            break;
        }
        return res;
      }
      /**
       * @param onError - May be called even if the action was successful
       * @returns `true` on success
       */
      add(line3, onError) {
        if (this.atNextDocument) {
          this.yaml = { explicit: _Directives.defaultYaml.explicit, version: "1.1" };
          this.tags = Object.assign({}, _Directives.defaultTags);
          this.atNextDocument = false;
        }
        const parts = line3.trim().split(/[ \t]+/);
        const name = parts.shift();
        switch (name) {
          case "%TAG": {
            if (parts.length !== 2) {
              onError(0, "%TAG directive should contain exactly two parts");
              if (parts.length < 2)
                return false;
            }
            const [handle, prefix] = parts;
            this.tags[handle] = prefix;
            return true;
          }
          case "%YAML": {
            this.yaml.explicit = true;
            if (parts.length !== 1) {
              onError(0, "%YAML directive should contain exactly one part");
              return false;
            }
            const [version] = parts;
            if (version === "1.1" || version === "1.2") {
              this.yaml.version = version;
              return true;
            } else {
              const isValid = /^\d+\.\d+$/.test(version);
              onError(6, `Unsupported YAML version ${version}`, isValid);
              return false;
            }
          }
          default:
            onError(0, `Unknown directive ${name}`, true);
            return false;
        }
      }
      /**
       * Resolves a tag, matching handles to those defined in %TAG directives.
       *
       * @returns Resolved tag, which may also be the non-specific tag `'!'` or a
       *   `'!local'` tag, or `null` if unresolvable.
       */
      tagName(source, onError) {
        if (source === "!")
          return "!";
        if (source[0] !== "!") {
          onError(`Not a valid tag: ${source}`);
          return null;
        }
        if (source[1] === "<") {
          const verbatim = source.slice(2, -1);
          if (verbatim === "!" || verbatim === "!!") {
            onError(`Verbatim tags aren't resolved, so ${source} is invalid.`);
            return null;
          }
          if (source[source.length - 1] !== ">")
            onError("Verbatim tags must end with a >");
          return verbatim;
        }
        const [, handle, suffix] = source.match(/^(.*!)([^!]*)$/s);
        if (!suffix)
          onError(`The ${source} tag has no suffix`);
        const prefix = this.tags[handle];
        if (prefix) {
          try {
            return prefix + decodeURIComponent(suffix);
          } catch (error2) {
            onError(String(error2));
            return null;
          }
        }
        if (handle === "!")
          return source;
        onError(`Could not resolve tag: ${source}`);
        return null;
      }
      /**
       * Given a fully resolved tag, returns its printable string form,
       * taking into account current tag prefixes and defaults.
       */
      tagString(tag) {
        for (const [handle, prefix] of Object.entries(this.tags)) {
          if (tag.startsWith(prefix))
            return handle + escapeTagName(tag.substring(prefix.length));
        }
        return tag[0] === "!" ? tag : `!<${tag}>`;
      }
      toString(doc) {
        const lines3 = this.yaml.explicit ? [`%YAML ${this.yaml.version || "1.2"}`] : [];
        const tagEntries = Object.entries(this.tags);
        let tagNames;
        if (doc && tagEntries.length > 0 && identity2.isNode(doc.contents)) {
          const tags = {};
          visit3.visit(doc.contents, (_key, node) => {
            if (identity2.isNode(node) && node.tag)
              tags[node.tag] = true;
          });
          tagNames = Object.keys(tags);
        } else
          tagNames = [];
        for (const [handle, prefix] of tagEntries) {
          if (handle === "!!" && prefix === "tag:yaml.org,2002:")
            continue;
          if (!doc || tagNames.some((tn) => tn.startsWith(prefix)))
            lines3.push(`%TAG ${handle} ${prefix}`);
        }
        return lines3.join("\n");
      }
    };
    Directives.defaultYaml = { explicit: false, version: "1.2" };
    Directives.defaultTags = { "!!": "tag:yaml.org,2002:" };
    exports2.Directives = Directives;
  }
});

// node_modules/yaml/dist/doc/anchors.js
var require_anchors = __commonJS({
  "node_modules/yaml/dist/doc/anchors.js"(exports2) {
    "use strict";
    var identity2 = require_identity();
    var visit3 = require_visit();
    function anchorIsValid(anchor) {
      if (/[\x00-\x19\s,[\]{}]/.test(anchor)) {
        const sa = JSON.stringify(anchor);
        const msg = `Anchor must not contain whitespace or control characters: ${sa}`;
        throw new Error(msg);
      }
      return true;
    }
    function anchorNames(root) {
      const anchors = /* @__PURE__ */ new Set();
      visit3.visit(root, {
        Value(_key, node) {
          if (node.anchor)
            anchors.add(node.anchor);
        }
      });
      return anchors;
    }
    function findNewAnchor(prefix, exclude) {
      for (let i = 1; true; ++i) {
        const name = `${prefix}${i}`;
        if (!exclude.has(name))
          return name;
      }
    }
    function createNodeAnchors(doc, prefix) {
      const aliasObjects = [];
      const sourceObjects = /* @__PURE__ */ new Map();
      let prevAnchors = null;
      return {
        onAnchor: (source) => {
          aliasObjects.push(source);
          prevAnchors ?? (prevAnchors = anchorNames(doc));
          const anchor = findNewAnchor(prefix, prevAnchors);
          prevAnchors.add(anchor);
          return anchor;
        },
        /**
         * With circular references, the source node is only resolved after all
         * of its child nodes are. This is why anchors are set only after all of
         * the nodes have been created.
         */
        setAnchors: () => {
          for (const source of aliasObjects) {
            const ref = sourceObjects.get(source);
            if (typeof ref === "object" && ref.anchor && (identity2.isScalar(ref.node) || identity2.isCollection(ref.node))) {
              ref.node.anchor = ref.anchor;
            } else {
              const error2 = new Error("Failed to resolve repeated object (this should not happen)");
              error2.source = source;
              throw error2;
            }
          }
        },
        sourceObjects
      };
    }
    exports2.anchorIsValid = anchorIsValid;
    exports2.anchorNames = anchorNames;
    exports2.createNodeAnchors = createNodeAnchors;
    exports2.findNewAnchor = findNewAnchor;
  }
});

// node_modules/yaml/dist/doc/applyReviver.js
var require_applyReviver = __commonJS({
  "node_modules/yaml/dist/doc/applyReviver.js"(exports2) {
    "use strict";
    function applyReviver(reviver, obj, key, val) {
      if (val && typeof val === "object") {
        if (Array.isArray(val)) {
          for (let i = 0, len = val.length; i < len; ++i) {
            const v0 = val[i];
            const v1 = applyReviver(reviver, val, String(i), v0);
            if (v1 === void 0)
              delete val[i];
            else if (v1 !== v0)
              val[i] = v1;
          }
        } else if (val instanceof Map) {
          for (const k of Array.from(val.keys())) {
            const v0 = val.get(k);
            const v1 = applyReviver(reviver, val, k, v0);
            if (v1 === void 0)
              val.delete(k);
            else if (v1 !== v0)
              val.set(k, v1);
          }
        } else if (val instanceof Set) {
          for (const v0 of Array.from(val)) {
            const v1 = applyReviver(reviver, val, v0, v0);
            if (v1 === void 0)
              val.delete(v0);
            else if (v1 !== v0) {
              val.delete(v0);
              val.add(v1);
            }
          }
        } else {
          for (const [k, v0] of Object.entries(val)) {
            const v1 = applyReviver(reviver, val, k, v0);
            if (v1 === void 0)
              delete val[k];
            else if (v1 !== v0)
              val[k] = v1;
          }
        }
      }
      return reviver.call(obj, key, val);
    }
    exports2.applyReviver = applyReviver;
  }
});

// node_modules/yaml/dist/nodes/toJS.js
var require_toJS = __commonJS({
  "node_modules/yaml/dist/nodes/toJS.js"(exports2) {
    "use strict";
    var identity2 = require_identity();
    function toJS(value, arg, ctx) {
      if (Array.isArray(value))
        return value.map((v, i) => toJS(v, String(i), ctx));
      if (value && typeof value.toJSON === "function") {
        if (!ctx || !identity2.hasAnchor(value))
          return value.toJSON(arg, ctx);
        const data = { aliasCount: 0, count: 1, res: void 0 };
        ctx.anchors.set(value, data);
        ctx.onCreate = (res2) => {
          data.res = res2;
          delete ctx.onCreate;
        };
        const res = value.toJSON(arg, ctx);
        if (ctx.onCreate)
          ctx.onCreate(res);
        return res;
      }
      if (typeof value === "bigint" && !ctx?.keep)
        return Number(value);
      return value;
    }
    exports2.toJS = toJS;
  }
});

// node_modules/yaml/dist/nodes/Node.js
var require_Node = __commonJS({
  "node_modules/yaml/dist/nodes/Node.js"(exports2) {
    "use strict";
    var applyReviver = require_applyReviver();
    var identity2 = require_identity();
    var toJS = require_toJS();
    var NodeBase = class {
      constructor(type) {
        Object.defineProperty(this, identity2.NODE_TYPE, { value: type });
      }
      /** Create a copy of this node.  */
      clone() {
        const copy = Object.create(Object.getPrototypeOf(this), Object.getOwnPropertyDescriptors(this));
        if (this.range)
          copy.range = this.range.slice();
        return copy;
      }
      /** A plain JavaScript representation of this node. */
      toJS(doc, { mapAsMap, maxAliasCount, onAnchor, reviver } = {}) {
        if (!identity2.isDocument(doc))
          throw new TypeError("A document argument is required");
        const ctx = {
          anchors: /* @__PURE__ */ new Map(),
          doc,
          keep: true,
          mapAsMap: mapAsMap === true,
          mapKeyWarned: false,
          maxAliasCount: typeof maxAliasCount === "number" ? maxAliasCount : 100
        };
        const res = toJS.toJS(this, "", ctx);
        if (typeof onAnchor === "function")
          for (const { count, res: res2 } of ctx.anchors.values())
            onAnchor(res2, count);
        return typeof reviver === "function" ? applyReviver.applyReviver(reviver, { "": res }, "", res) : res;
      }
    };
    exports2.NodeBase = NodeBase;
  }
});

// node_modules/yaml/dist/nodes/Alias.js
var require_Alias = __commonJS({
  "node_modules/yaml/dist/nodes/Alias.js"(exports2) {
    "use strict";
    var anchors = require_anchors();
    var visit3 = require_visit();
    var identity2 = require_identity();
    var Node2 = require_Node();
    var toJS = require_toJS();
    var Alias = class extends Node2.NodeBase {
      constructor(source) {
        super(identity2.ALIAS);
        this.source = source;
        Object.defineProperty(this, "tag", {
          set() {
            throw new Error("Alias nodes cannot have tags");
          }
        });
      }
      /**
       * Resolve the value of this alias within `doc`, finding the last
       * instance of the `source` anchor before this node.
       */
      resolve(doc, ctx) {
        if (ctx?.maxAliasCount === 0)
          throw new ReferenceError("Alias resolution is disabled");
        let nodes;
        if (ctx?.aliasResolveCache) {
          nodes = ctx.aliasResolveCache;
        } else {
          nodes = [];
          visit3.visit(doc, {
            Node: (_key, node) => {
              if (identity2.isAlias(node) || identity2.hasAnchor(node))
                nodes.push(node);
            }
          });
          if (ctx)
            ctx.aliasResolveCache = nodes;
        }
        let found = void 0;
        for (const node of nodes) {
          if (node === this)
            break;
          if (node.anchor === this.source)
            found = node;
        }
        if (found && ctx) {
          const { anchors: anchors2, doc: doc2, maxAliasCount } = ctx;
          let data = anchors2.get(found);
          if (!data) {
            toJS.toJS(found, null, ctx);
            data = anchors2.get(found);
          }
          if (data?.res === void 0) {
            const msg = "This should not happen: Alias anchor was not resolved?";
            throw new ReferenceError(msg);
          }
          if (maxAliasCount >= 0) {
            data.count += 1;
            if (data.aliasCount === 0)
              data.aliasCount = getAliasCount(doc2, found, anchors2);
            if (data.count * data.aliasCount > maxAliasCount) {
              const msg = "Excessive alias count indicates a resource exhaustion attack";
              throw new ReferenceError(msg);
            }
          }
        }
        return found;
      }
      toJSON(_arg, ctx) {
        if (!ctx)
          return { source: this.source };
        const source = this.resolve(ctx.doc, ctx);
        if (!source) {
          const msg = `Unresolved alias (the anchor must be set before the alias): ${this.source}`;
          throw new ReferenceError(msg);
        }
        return ctx.anchors.get(source).res;
      }
      toString(ctx, _onComment, _onChompKeep) {
        const src = `*${this.source}`;
        if (ctx) {
          anchors.anchorIsValid(this.source);
          if (ctx.options.verifyAliasOrder && !ctx.anchors.has(this.source)) {
            const msg = `Unresolved alias (the anchor must be set before the alias): ${this.source}`;
            throw new Error(msg);
          }
          if (ctx.implicitKey)
            return `${src} `;
        }
        return src;
      }
    };
    function getAliasCount(doc, node, anchors2) {
      if (identity2.isAlias(node)) {
        const source = node.resolve(doc);
        const anchor = anchors2 && source && anchors2.get(source);
        return anchor ? anchor.count * anchor.aliasCount : 0;
      } else if (identity2.isCollection(node)) {
        let count = 0;
        for (const item of node.items) {
          const c = getAliasCount(doc, item, anchors2);
          if (c > count)
            count = c;
        }
        return count;
      } else if (identity2.isPair(node)) {
        const kc = getAliasCount(doc, node.key, anchors2);
        const vc = getAliasCount(doc, node.value, anchors2);
        return Math.max(kc, vc);
      }
      return 1;
    }
    exports2.Alias = Alias;
  }
});

// node_modules/yaml/dist/nodes/Scalar.js
var require_Scalar = __commonJS({
  "node_modules/yaml/dist/nodes/Scalar.js"(exports2) {
    "use strict";
    var identity2 = require_identity();
    var Node2 = require_Node();
    var toJS = require_toJS();
    var isScalarValue = (value) => !value || typeof value !== "function" && typeof value !== "object";
    var Scalar = class extends Node2.NodeBase {
      constructor(value) {
        super(identity2.SCALAR);
        this.value = value;
      }
      toJSON(arg, ctx) {
        return ctx?.keep ? this.value : toJS.toJS(this.value, arg, ctx);
      }
      toString() {
        return String(this.value);
      }
    };
    Scalar.BLOCK_FOLDED = "BLOCK_FOLDED";
    Scalar.BLOCK_LITERAL = "BLOCK_LITERAL";
    Scalar.PLAIN = "PLAIN";
    Scalar.QUOTE_DOUBLE = "QUOTE_DOUBLE";
    Scalar.QUOTE_SINGLE = "QUOTE_SINGLE";
    exports2.Scalar = Scalar;
    exports2.isScalarValue = isScalarValue;
  }
});

// node_modules/yaml/dist/doc/createNode.js
var require_createNode = __commonJS({
  "node_modules/yaml/dist/doc/createNode.js"(exports2) {
    "use strict";
    var Alias = require_Alias();
    var identity2 = require_identity();
    var Scalar = require_Scalar();
    var defaultTagPrefix = "tag:yaml.org,2002:";
    function findTagObject(value, tagName, tags) {
      if (tagName) {
        const match = tags.filter((t) => t.tag === tagName);
        const tagObj = match.find((t) => !t.format) ?? match[0];
        if (!tagObj)
          throw new Error(`Tag ${tagName} not found`);
        return tagObj;
      }
      return tags.find((t) => t.identify?.(value) && !t.format);
    }
    function createNode(value, tagName, ctx) {
      if (identity2.isDocument(value))
        value = value.contents;
      if (identity2.isNode(value))
        return value;
      if (identity2.isPair(value)) {
        const map = ctx.schema[identity2.MAP].createNode?.(ctx.schema, null, ctx);
        map.items.push(value);
        return map;
      }
      if (value instanceof String || value instanceof Number || value instanceof Boolean || typeof BigInt !== "undefined" && value instanceof BigInt) {
        value = value.valueOf();
      }
      const { aliasDuplicateObjects, onAnchor, onTagObj, schema, sourceObjects } = ctx;
      let ref = void 0;
      if (aliasDuplicateObjects && value && typeof value === "object") {
        ref = sourceObjects.get(value);
        if (ref) {
          ref.anchor ?? (ref.anchor = onAnchor(value));
          return new Alias.Alias(ref.anchor);
        } else {
          ref = { anchor: null, node: null };
          sourceObjects.set(value, ref);
        }
      }
      if (tagName?.startsWith("!!"))
        tagName = defaultTagPrefix + tagName.slice(2);
      let tagObj = findTagObject(value, tagName, schema.tags);
      if (!tagObj) {
        if (value && typeof value.toJSON === "function") {
          value = value.toJSON();
        }
        if (!value || typeof value !== "object") {
          const node2 = new Scalar.Scalar(value);
          if (ref)
            ref.node = node2;
          return node2;
        }
        tagObj = value instanceof Map ? schema[identity2.MAP] : Symbol.iterator in Object(value) ? schema[identity2.SEQ] : schema[identity2.MAP];
      }
      if (onTagObj) {
        onTagObj(tagObj);
        delete ctx.onTagObj;
      }
      const node = tagObj?.createNode ? tagObj.createNode(ctx.schema, value, ctx) : typeof tagObj?.nodeClass?.from === "function" ? tagObj.nodeClass.from(ctx.schema, value, ctx) : new Scalar.Scalar(value);
      if (tagName)
        node.tag = tagName;
      else if (!tagObj.default)
        node.tag = tagObj.tag;
      if (ref)
        ref.node = node;
      return node;
    }
    exports2.createNode = createNode;
  }
});

// node_modules/yaml/dist/nodes/Collection.js
var require_Collection = __commonJS({
  "node_modules/yaml/dist/nodes/Collection.js"(exports2) {
    "use strict";
    var createNode = require_createNode();
    var identity2 = require_identity();
    var Node2 = require_Node();
    function collectionFromPath(schema, path5, value) {
      let v = value;
      for (let i = path5.length - 1; i >= 0; --i) {
        const k = path5[i];
        if (typeof k === "number" && Number.isInteger(k) && k >= 0) {
          const a = [];
          a[k] = v;
          v = a;
        } else {
          v = /* @__PURE__ */ new Map([[k, v]]);
        }
      }
      return createNode.createNode(v, void 0, {
        aliasDuplicateObjects: false,
        keepUndefined: false,
        onAnchor: () => {
          throw new Error("This should not happen, please report a bug.");
        },
        schema,
        sourceObjects: /* @__PURE__ */ new Map()
      });
    }
    var isEmptyPath = (path5) => path5 == null || typeof path5 === "object" && !!path5[Symbol.iterator]().next().done;
    var Collection = class extends Node2.NodeBase {
      constructor(type, schema) {
        super(type);
        Object.defineProperty(this, "schema", {
          value: schema,
          configurable: true,
          enumerable: false,
          writable: true
        });
      }
      /**
       * Create a copy of this collection.
       *
       * @param schema - If defined, overwrites the original's schema
       */
      clone(schema) {
        const copy = Object.create(Object.getPrototypeOf(this), Object.getOwnPropertyDescriptors(this));
        if (schema)
          copy.schema = schema;
        copy.items = copy.items.map((it) => identity2.isNode(it) || identity2.isPair(it) ? it.clone(schema) : it);
        if (this.range)
          copy.range = this.range.slice();
        return copy;
      }
      /**
       * Adds a value to the collection. For `!!map` and `!!omap` the value must
       * be a Pair instance or a `{ key, value }` object, which may not have a key
       * that already exists in the map.
       */
      addIn(path5, value) {
        if (isEmptyPath(path5))
          this.add(value);
        else {
          const [key, ...rest] = path5;
          const node = this.get(key, true);
          if (identity2.isCollection(node))
            node.addIn(rest, value);
          else if (node === void 0 && this.schema)
            this.set(key, collectionFromPath(this.schema, rest, value));
          else
            throw new Error(`Expected YAML collection at ${key}. Remaining path: ${rest}`);
        }
      }
      /**
       * Removes a value from the collection.
       * @returns `true` if the item was found and removed.
       */
      deleteIn(path5) {
        const [key, ...rest] = path5;
        if (rest.length === 0)
          return this.delete(key);
        const node = this.get(key, true);
        if (identity2.isCollection(node))
          return node.deleteIn(rest);
        else
          throw new Error(`Expected YAML collection at ${key}. Remaining path: ${rest}`);
      }
      /**
       * Returns item at `key`, or `undefined` if not found. By default unwraps
       * scalar values from their surrounding node; to disable set `keepScalar` to
       * `true` (collections are always returned intact).
       */
      getIn(path5, keepScalar) {
        const [key, ...rest] = path5;
        const node = this.get(key, true);
        if (rest.length === 0)
          return !keepScalar && identity2.isScalar(node) ? node.value : node;
        else
          return identity2.isCollection(node) ? node.getIn(rest, keepScalar) : void 0;
      }
      hasAllNullValues(allowScalar) {
        return this.items.every((node) => {
          if (!identity2.isPair(node))
            return false;
          const n = node.value;
          return n == null || allowScalar && identity2.isScalar(n) && n.value == null && !n.commentBefore && !n.comment && !n.tag;
        });
      }
      /**
       * Checks if the collection includes a value with the key `key`.
       */
      hasIn(path5) {
        const [key, ...rest] = path5;
        if (rest.length === 0)
          return this.has(key);
        const node = this.get(key, true);
        return identity2.isCollection(node) ? node.hasIn(rest) : false;
      }
      /**
       * Sets a value in this collection. For `!!set`, `value` needs to be a
       * boolean to add/remove the item from the set.
       */
      setIn(path5, value) {
        const [key, ...rest] = path5;
        if (rest.length === 0) {
          this.set(key, value);
        } else {
          const node = this.get(key, true);
          if (identity2.isCollection(node))
            node.setIn(rest, value);
          else if (node === void 0 && this.schema)
            this.set(key, collectionFromPath(this.schema, rest, value));
          else
            throw new Error(`Expected YAML collection at ${key}. Remaining path: ${rest}`);
        }
      }
    };
    exports2.Collection = Collection;
    exports2.collectionFromPath = collectionFromPath;
    exports2.isEmptyPath = isEmptyPath;
  }
});

// node_modules/yaml/dist/stringify/stringifyComment.js
var require_stringifyComment = __commonJS({
  "node_modules/yaml/dist/stringify/stringifyComment.js"(exports2) {
    "use strict";
    var stringifyComment = (str) => str.replace(/^(?!$)(?: $)?/gm, "#");
    function indentComment(comment, indent) {
      if (/^\n+$/.test(comment))
        return comment.substring(1);
      return indent ? comment.replace(/^(?! *$)/gm, indent) : comment;
    }
    var lineComment = (str, indent, comment) => str.endsWith("\n") ? indentComment(comment, indent) : comment.includes("\n") ? "\n" + indentComment(comment, indent) : (str.endsWith(" ") ? "" : " ") + comment;
    exports2.indentComment = indentComment;
    exports2.lineComment = lineComment;
    exports2.stringifyComment = stringifyComment;
  }
});

// node_modules/yaml/dist/stringify/foldFlowLines.js
var require_foldFlowLines = __commonJS({
  "node_modules/yaml/dist/stringify/foldFlowLines.js"(exports2) {
    "use strict";
    var FOLD_FLOW = "flow";
    var FOLD_BLOCK = "block";
    var FOLD_QUOTED = "quoted";
    function foldFlowLines(text5, indent, mode = "flow", { indentAtStart, lineWidth = 80, minContentWidth = 20, onFold, onOverflow } = {}) {
      if (!lineWidth || lineWidth < 0)
        return text5;
      if (lineWidth < minContentWidth)
        minContentWidth = 0;
      const endStep = Math.max(1 + minContentWidth, 1 + lineWidth - indent.length);
      if (text5.length <= endStep)
        return text5;
      const folds = [];
      const escapedFolds = {};
      let end = lineWidth - indent.length;
      if (typeof indentAtStart === "number") {
        if (indentAtStart > lineWidth - Math.max(2, minContentWidth))
          folds.push(0);
        else
          end = lineWidth - indentAtStart;
      }
      let split = void 0;
      let prev = void 0;
      let overflow = false;
      let i = -1;
      let escStart = -1;
      let escEnd = -1;
      if (mode === FOLD_BLOCK) {
        i = consumeMoreIndentedLines(text5, i, indent.length);
        if (i !== -1)
          end = i + endStep;
      }
      for (let ch; ch = text5[i += 1]; ) {
        if (mode === FOLD_QUOTED && ch === "\\") {
          escStart = i;
          switch (text5[i + 1]) {
            case "x":
              i += 3;
              break;
            case "u":
              i += 5;
              break;
            case "U":
              i += 9;
              break;
            default:
              i += 1;
          }
          escEnd = i;
        }
        if (ch === "\n") {
          if (mode === FOLD_BLOCK)
            i = consumeMoreIndentedLines(text5, i, indent.length);
          end = i + indent.length + endStep;
          split = void 0;
        } else {
          if (ch === " " && prev && prev !== " " && prev !== "\n" && prev !== "	") {
            const next = text5[i + 1];
            if (next && next !== " " && next !== "\n" && next !== "	")
              split = i;
          }
          if (i >= end) {
            if (split) {
              folds.push(split);
              end = split + endStep;
              split = void 0;
            } else if (mode === FOLD_QUOTED) {
              while (prev === " " || prev === "	") {
                prev = ch;
                ch = text5[i += 1];
                overflow = true;
              }
              const j = i > escEnd + 1 ? i - 2 : escStart - 1;
              if (escapedFolds[j])
                return text5;
              folds.push(j);
              escapedFolds[j] = true;
              end = j + endStep;
              split = void 0;
            } else {
              overflow = true;
            }
          }
        }
        prev = ch;
      }
      if (overflow && onOverflow)
        onOverflow();
      if (folds.length === 0)
        return text5;
      if (onFold)
        onFold();
      let res = text5.slice(0, folds[0]);
      for (let i2 = 0; i2 < folds.length; ++i2) {
        const fold = folds[i2];
        const end2 = folds[i2 + 1] || text5.length;
        if (fold === 0)
          res = `
${indent}${text5.slice(0, end2)}`;
        else {
          if (mode === FOLD_QUOTED && escapedFolds[fold])
            res += `${text5[fold]}\\`;
          res += `
${indent}${text5.slice(fold + 1, end2)}`;
        }
      }
      return res;
    }
    function consumeMoreIndentedLines(text5, i, indent) {
      let end = i;
      let start = i + 1;
      let ch = text5[start];
      while (ch === " " || ch === "	") {
        if (i < start + indent) {
          ch = text5[++i];
        } else {
          do {
            ch = text5[++i];
          } while (ch && ch !== "\n");
          end = i;
          start = i + 1;
          ch = text5[start];
        }
      }
      return end;
    }
    exports2.FOLD_BLOCK = FOLD_BLOCK;
    exports2.FOLD_FLOW = FOLD_FLOW;
    exports2.FOLD_QUOTED = FOLD_QUOTED;
    exports2.foldFlowLines = foldFlowLines;
  }
});

// node_modules/yaml/dist/stringify/stringifyString.js
var require_stringifyString = __commonJS({
  "node_modules/yaml/dist/stringify/stringifyString.js"(exports2) {
    "use strict";
    var Scalar = require_Scalar();
    var foldFlowLines = require_foldFlowLines();
    var getFoldOptions = (ctx, isBlock2) => ({
      indentAtStart: isBlock2 ? ctx.indent.length : ctx.indentAtStart,
      lineWidth: ctx.options.lineWidth,
      minContentWidth: ctx.options.minContentWidth
    });
    var containsDocumentMarker = (str) => /^(%|---|\.\.\.)/m.test(str);
    function lineLengthOverLimit(str, lineWidth, indentLength) {
      if (!lineWidth || lineWidth < 0)
        return false;
      const limit = lineWidth - indentLength;
      const strLen = str.length;
      if (strLen <= limit)
        return false;
      for (let i = 0, start = 0; i < strLen; ++i) {
        if (str[i] === "\n") {
          if (i - start > limit)
            return true;
          start = i + 1;
          if (strLen - start <= limit)
            return false;
        }
      }
      return true;
    }
    function doubleQuotedString(value, ctx) {
      const json = JSON.stringify(value);
      if (ctx.options.doubleQuotedAsJSON)
        return json;
      const { implicitKey } = ctx;
      const minMultiLineLength = ctx.options.doubleQuotedMinMultiLineLength;
      const indent = ctx.indent || (containsDocumentMarker(value) ? "  " : "");
      let str = "";
      let start = 0;
      for (let i = 0, ch = json[i]; ch; ch = json[++i]) {
        if (ch === " " && json[i + 1] === "\\" && json[i + 2] === "n") {
          str += json.slice(start, i) + "\\ ";
          i += 1;
          start = i;
          ch = "\\";
        }
        if (ch === "\\")
          switch (json[i + 1]) {
            case "u":
              {
                str += json.slice(start, i);
                const code2 = json.substr(i + 2, 4);
                switch (code2) {
                  case "0000":
                    str += "\\0";
                    break;
                  case "0007":
                    str += "\\a";
                    break;
                  case "000b":
                    str += "\\v";
                    break;
                  case "001b":
                    str += "\\e";
                    break;
                  case "0085":
                    str += "\\N";
                    break;
                  case "00a0":
                    str += "\\_";
                    break;
                  case "2028":
                    str += "\\L";
                    break;
                  case "2029":
                    str += "\\P";
                    break;
                  default:
                    if (code2.substr(0, 2) === "00")
                      str += "\\x" + code2.substr(2);
                    else
                      str += json.substr(i, 6);
                }
                i += 5;
                start = i + 1;
              }
              break;
            case "n":
              if (implicitKey || json[i + 2] === '"' || json.length < minMultiLineLength) {
                i += 1;
              } else {
                str += json.slice(start, i) + "\n\n";
                while (json[i + 2] === "\\" && json[i + 3] === "n" && json[i + 4] !== '"') {
                  str += "\n";
                  i += 2;
                }
                str += indent;
                if (json[i + 2] === " ")
                  str += "\\";
                i += 1;
                start = i + 1;
              }
              break;
            default:
              i += 1;
          }
      }
      str = start ? str + json.slice(start) : json;
      return implicitKey ? str : foldFlowLines.foldFlowLines(str, indent, foldFlowLines.FOLD_QUOTED, getFoldOptions(ctx, false));
    }
    function singleQuotedString(value, ctx) {
      if (ctx.options.singleQuote === false || ctx.implicitKey && value.includes("\n") || /[ \t]\n|\n[ \t]/.test(value))
        return doubleQuotedString(value, ctx);
      const indent = ctx.indent || (containsDocumentMarker(value) ? "  " : "");
      const res = "'" + value.replace(/'/g, "''").replace(/\n+/g, `$&
${indent}`) + "'";
      return ctx.implicitKey ? res : foldFlowLines.foldFlowLines(res, indent, foldFlowLines.FOLD_FLOW, getFoldOptions(ctx, false));
    }
    function quotedString(value, ctx) {
      const { singleQuote } = ctx.options;
      let qs;
      if (singleQuote === false)
        qs = doubleQuotedString;
      else {
        const hasDouble = value.includes('"');
        const hasSingle = value.includes("'");
        if (hasDouble && !hasSingle)
          qs = singleQuotedString;
        else if (hasSingle && !hasDouble)
          qs = doubleQuotedString;
        else
          qs = singleQuote ? singleQuotedString : doubleQuotedString;
      }
      return qs(value, ctx);
    }
    var blockEndNewlines;
    try {
      blockEndNewlines = new RegExp("(^|(?<!\n))\n+(?!\n|$)", "g");
    } catch {
      blockEndNewlines = /\n+(?!\n|$)/g;
    }
    function blockString({ comment, type, value }, ctx, onComment, onChompKeep) {
      const { blockQuote, commentString, lineWidth } = ctx.options;
      if (!blockQuote || /\n[\t ]+$/.test(value)) {
        return quotedString(value, ctx);
      }
      const indent = ctx.indent || (ctx.forceBlockIndent || containsDocumentMarker(value) ? "  " : "");
      const literal = blockQuote === "literal" ? true : blockQuote === "folded" || type === Scalar.Scalar.BLOCK_FOLDED ? false : type === Scalar.Scalar.BLOCK_LITERAL ? true : !lineLengthOverLimit(value, lineWidth, indent.length);
      if (!value)
        return literal ? "|\n" : ">\n";
      let chomp;
      let endStart;
      for (endStart = value.length; endStart > 0; --endStart) {
        const ch = value[endStart - 1];
        if (ch !== "\n" && ch !== "	" && ch !== " ")
          break;
      }
      let end = value.substring(endStart);
      const endNlPos = end.indexOf("\n");
      if (endNlPos === -1) {
        chomp = "-";
      } else if (value === end || endNlPos !== end.length - 1) {
        chomp = "+";
        if (onChompKeep)
          onChompKeep();
      } else {
        chomp = "";
      }
      if (end) {
        value = value.slice(0, -end.length);
        if (end[end.length - 1] === "\n")
          end = end.slice(0, -1);
        end = end.replace(blockEndNewlines, `$&${indent}`);
      }
      let startWithSpace = false;
      let startEnd;
      let startNlPos = -1;
      for (startEnd = 0; startEnd < value.length; ++startEnd) {
        const ch = value[startEnd];
        if (ch === " ")
          startWithSpace = true;
        else if (ch === "\n")
          startNlPos = startEnd;
        else
          break;
      }
      let start = value.substring(0, startNlPos < startEnd ? startNlPos + 1 : startEnd);
      if (start) {
        value = value.substring(start.length);
        start = start.replace(/\n+/g, `$&${indent}`);
      }
      const indentSize = indent ? "2" : "1";
      let header2 = (startWithSpace ? indentSize : "") + chomp;
      if (comment) {
        header2 += " " + commentString(comment.replace(/ ?[\r\n]+/g, " "));
        if (onComment)
          onComment();
      }
      if (!literal) {
        const foldedValue = value.replace(/\n+/g, "\n$&").replace(/(?:^|\n)([\t ].*)(?:([\n\t ]*)\n(?![\n\t ]))?/g, "$1$2").replace(/\n+/g, `$&${indent}`);
        let literalFallback = false;
        const foldOptions = getFoldOptions(ctx, true);
        if (blockQuote !== "folded" && type !== Scalar.Scalar.BLOCK_FOLDED) {
          foldOptions.onOverflow = () => {
            literalFallback = true;
          };
        }
        const body = foldFlowLines.foldFlowLines(`${start}${foldedValue}${end}`, indent, foldFlowLines.FOLD_BLOCK, foldOptions);
        if (!literalFallback)
          return `>${header2}
${indent}${body}`;
      }
      value = value.replace(/\n+/g, `$&${indent}`);
      return `|${header2}
${indent}${start}${value}${end}`;
    }
    function plainString(item, ctx, onComment, onChompKeep) {
      const { type, value } = item;
      const { actualString, implicitKey, indent, indentStep, inFlow } = ctx;
      if (implicitKey && value.includes("\n") || inFlow && /[[\]{},]/.test(value)) {
        return quotedString(value, ctx);
      }
      if (/^[\n\t ,[\]{}#&*!|>'"%@`]|^[?-]$|^[?-][ \t]|[\n:][ \t]|[ \t]\n|[\n\t ]#|[\n\t :]$/.test(value)) {
        return implicitKey || inFlow || !value.includes("\n") ? quotedString(value, ctx) : blockString(item, ctx, onComment, onChompKeep);
      }
      if (!implicitKey && !inFlow && type !== Scalar.Scalar.PLAIN && value.includes("\n")) {
        return blockString(item, ctx, onComment, onChompKeep);
      }
      if (containsDocumentMarker(value)) {
        if (indent === "") {
          ctx.forceBlockIndent = true;
          return blockString(item, ctx, onComment, onChompKeep);
        } else if (implicitKey && indent === indentStep) {
          return quotedString(value, ctx);
        }
      }
      const str = value.replace(/\n+/g, `$&
${indent}`);
      if (actualString) {
        const test = (tag) => tag.default && tag.tag !== "tag:yaml.org,2002:str" && tag.test?.test(str);
        const { compat, tags } = ctx.doc.schema;
        if (tags.some(test) || compat?.some(test))
          return quotedString(value, ctx);
      }
      return implicitKey ? str : foldFlowLines.foldFlowLines(str, indent, foldFlowLines.FOLD_FLOW, getFoldOptions(ctx, false));
    }
    function stringifyString(item, ctx, onComment, onChompKeep) {
      const { implicitKey, inFlow } = ctx;
      const ss = typeof item.value === "string" ? item : Object.assign({}, item, { value: String(item.value) });
      let { type } = item;
      if (type !== Scalar.Scalar.QUOTE_DOUBLE) {
        if (/[\x00-\x08\x0b-\x1f\x7f-\x9f\u{D800}-\u{DFFF}]/u.test(ss.value))
          type = Scalar.Scalar.QUOTE_DOUBLE;
      }
      const _stringify = (_type) => {
        switch (_type) {
          case Scalar.Scalar.BLOCK_FOLDED:
          case Scalar.Scalar.BLOCK_LITERAL:
            return implicitKey || inFlow ? quotedString(ss.value, ctx) : blockString(ss, ctx, onComment, onChompKeep);
          case Scalar.Scalar.QUOTE_DOUBLE:
            return doubleQuotedString(ss.value, ctx);
          case Scalar.Scalar.QUOTE_SINGLE:
            return singleQuotedString(ss.value, ctx);
          case Scalar.Scalar.PLAIN:
            return plainString(ss, ctx, onComment, onChompKeep);
          default:
            return null;
        }
      };
      let res = _stringify(type);
      if (res === null) {
        const { defaultKeyType, defaultStringType } = ctx.options;
        const t = implicitKey && defaultKeyType || defaultStringType;
        res = _stringify(t);
        if (res === null)
          throw new Error(`Unsupported default string type ${t}`);
      }
      return res;
    }
    exports2.stringifyString = stringifyString;
  }
});

// node_modules/yaml/dist/stringify/stringify.js
var require_stringify = __commonJS({
  "node_modules/yaml/dist/stringify/stringify.js"(exports2) {
    "use strict";
    var anchors = require_anchors();
    var identity2 = require_identity();
    var stringifyComment = require_stringifyComment();
    var stringifyString = require_stringifyString();
    function createStringifyContext(doc, options) {
      const opt = Object.assign({
        blockQuote: true,
        commentString: stringifyComment.stringifyComment,
        defaultKeyType: null,
        defaultStringType: "PLAIN",
        directives: null,
        doubleQuotedAsJSON: false,
        doubleQuotedMinMultiLineLength: 40,
        falseStr: "false",
        flowCollectionPadding: true,
        indentSeq: true,
        lineWidth: 80,
        minContentWidth: 20,
        nullStr: "null",
        simpleKeys: false,
        singleQuote: null,
        trailingComma: false,
        trueStr: "true",
        verifyAliasOrder: true
      }, doc.schema.toStringOptions, options);
      let inFlow;
      switch (opt.collectionStyle) {
        case "block":
          inFlow = false;
          break;
        case "flow":
          inFlow = true;
          break;
        default:
          inFlow = null;
      }
      return {
        anchors: /* @__PURE__ */ new Set(),
        doc,
        flowCollectionPadding: opt.flowCollectionPadding ? " " : "",
        indent: "",
        indentStep: typeof opt.indent === "number" ? " ".repeat(opt.indent) : "  ",
        inFlow,
        options: opt
      };
    }
    function getTagObject(tags, item) {
      if (item.tag) {
        const match = tags.filter((t) => t.tag === item.tag);
        if (match.length > 0)
          return match.find((t) => t.format === item.format) ?? match[0];
      }
      let tagObj = void 0;
      let obj;
      if (identity2.isScalar(item)) {
        obj = item.value;
        let match = tags.filter((t) => t.identify?.(obj));
        if (match.length > 1) {
          const testMatch = match.filter((t) => t.test);
          if (testMatch.length > 0)
            match = testMatch;
        }
        tagObj = match.find((t) => t.format === item.format) ?? match.find((t) => !t.format);
      } else {
        obj = item;
        tagObj = tags.find((t) => t.nodeClass && obj instanceof t.nodeClass);
      }
      if (!tagObj) {
        const name = obj?.constructor?.name ?? (obj === null ? "null" : typeof obj);
        throw new Error(`Tag not resolved for ${name} value`);
      }
      return tagObj;
    }
    function stringifyProps(node, tagObj, { anchors: anchors$1, doc }) {
      if (!doc.directives)
        return "";
      const props = [];
      const anchor = (identity2.isScalar(node) || identity2.isCollection(node)) && node.anchor;
      if (anchor && anchors.anchorIsValid(anchor)) {
        anchors$1.add(anchor);
        props.push(`&${anchor}`);
      }
      const tag = node.tag ?? (tagObj.default ? null : tagObj.tag);
      if (tag)
        props.push(doc.directives.tagString(tag));
      return props.join(" ");
    }
    function stringify(item, ctx, onComment, onChompKeep) {
      if (identity2.isPair(item))
        return item.toString(ctx, onComment, onChompKeep);
      if (identity2.isAlias(item)) {
        if (ctx.doc.directives)
          return item.toString(ctx);
        if (ctx.resolvedAliases?.has(item)) {
          throw new TypeError(`Cannot stringify circular structure without alias nodes`);
        } else {
          if (ctx.resolvedAliases)
            ctx.resolvedAliases.add(item);
          else
            ctx.resolvedAliases = /* @__PURE__ */ new Set([item]);
          item = item.resolve(ctx.doc);
        }
      }
      let tagObj = void 0;
      const node = identity2.isNode(item) ? item : ctx.doc.createNode(item, { onTagObj: (o) => tagObj = o });
      tagObj ?? (tagObj = getTagObject(ctx.doc.schema.tags, node));
      const props = stringifyProps(node, tagObj, ctx);
      if (props.length > 0)
        ctx.indentAtStart = (ctx.indentAtStart ?? 0) + props.length + 1;
      const str = typeof tagObj.stringify === "function" ? tagObj.stringify(node, ctx, onComment, onChompKeep) : identity2.isScalar(node) ? stringifyString.stringifyString(node, ctx, onComment, onChompKeep) : node.toString(ctx, onComment, onChompKeep);
      if (!props)
        return str;
      return identity2.isScalar(node) || str[0] === "{" || str[0] === "[" ? `${props} ${str}` : `${props}
${ctx.indent}${str}`;
    }
    exports2.createStringifyContext = createStringifyContext;
    exports2.stringify = stringify;
  }
});

// node_modules/yaml/dist/stringify/stringifyPair.js
var require_stringifyPair = __commonJS({
  "node_modules/yaml/dist/stringify/stringifyPair.js"(exports2) {
    "use strict";
    var identity2 = require_identity();
    var Scalar = require_Scalar();
    var stringify = require_stringify();
    var stringifyComment = require_stringifyComment();
    function stringifyPair({ key, value }, ctx, onComment, onChompKeep) {
      const { allNullValues, doc, indent, indentStep, options: { commentString, indentSeq, simpleKeys } } = ctx;
      let keyComment = identity2.isNode(key) && key.comment || null;
      if (simpleKeys) {
        if (keyComment) {
          throw new Error("With simple keys, key nodes cannot have comments");
        }
        if (identity2.isCollection(key) || !identity2.isNode(key) && typeof key === "object") {
          const msg = "With simple keys, collection cannot be used as a key value";
          throw new Error(msg);
        }
      }
      let explicitKey = !simpleKeys && (!key || keyComment && value == null && !ctx.inFlow || identity2.isCollection(key) || (identity2.isScalar(key) ? key.type === Scalar.Scalar.BLOCK_FOLDED || key.type === Scalar.Scalar.BLOCK_LITERAL : typeof key === "object"));
      ctx = Object.assign({}, ctx, {
        allNullValues: false,
        implicitKey: !explicitKey && (simpleKeys || !allNullValues),
        indent: indent + indentStep
      });
      let keyCommentDone = false;
      let chompKeep = false;
      let str = stringify.stringify(key, ctx, () => keyCommentDone = true, () => chompKeep = true);
      if (!explicitKey && !ctx.inFlow && str.length > 1024) {
        if (simpleKeys)
          throw new Error("With simple keys, single line scalar must not span more than 1024 characters");
        explicitKey = true;
      }
      if (ctx.inFlow) {
        if (allNullValues || value == null) {
          if (keyCommentDone && onComment)
            onComment();
          return str === "" ? "?" : explicitKey ? `? ${str}` : str;
        }
      } else if (allNullValues && !simpleKeys || value == null && explicitKey) {
        str = `? ${str}`;
        if (keyComment && !keyCommentDone) {
          str += stringifyComment.lineComment(str, ctx.indent, commentString(keyComment));
        } else if (chompKeep && onChompKeep)
          onChompKeep();
        return str;
      }
      if (keyCommentDone)
        keyComment = null;
      if (explicitKey) {
        if (keyComment)
          str += stringifyComment.lineComment(str, ctx.indent, commentString(keyComment));
        str = `? ${str}
${indent}:`;
      } else {
        str = `${str}:`;
        if (keyComment)
          str += stringifyComment.lineComment(str, ctx.indent, commentString(keyComment));
      }
      let vsb, vcb, valueComment;
      if (identity2.isNode(value)) {
        vsb = !!value.spaceBefore;
        vcb = value.commentBefore;
        valueComment = value.comment;
      } else {
        vsb = false;
        vcb = null;
        valueComment = null;
        if (value && typeof value === "object")
          value = doc.createNode(value);
      }
      ctx.implicitKey = false;
      if (!explicitKey && !keyComment && identity2.isScalar(value))
        ctx.indentAtStart = str.length + 1;
      chompKeep = false;
      if (!indentSeq && indentStep.length >= 2 && !ctx.inFlow && !explicitKey && identity2.isSeq(value) && !value.flow && !value.tag && !value.anchor) {
        ctx.indent = ctx.indent.substring(2);
      }
      let valueCommentDone = false;
      const valueStr = stringify.stringify(value, ctx, () => valueCommentDone = true, () => chompKeep = true);
      let ws = " ";
      if (keyComment || vsb || vcb) {
        ws = vsb ? "\n" : "";
        if (vcb) {
          const cs = commentString(vcb);
          ws += `
${stringifyComment.indentComment(cs, ctx.indent)}`;
        }
        if (valueStr === "" && !ctx.inFlow) {
          if (ws === "\n" && valueComment)
            ws = "\n\n";
        } else {
          ws += `
${ctx.indent}`;
        }
      } else if (!explicitKey && identity2.isCollection(value)) {
        const vs0 = valueStr[0];
        const nl0 = valueStr.indexOf("\n");
        const hasNewline = nl0 !== -1;
        const flow = ctx.inFlow ?? value.flow ?? value.items.length === 0;
        if (hasNewline || !flow) {
          let hasPropsLine = false;
          if (hasNewline && (vs0 === "&" || vs0 === "!")) {
            let sp0 = valueStr.indexOf(" ");
            if (vs0 === "&" && sp0 !== -1 && sp0 < nl0 && valueStr[sp0 + 1] === "!") {
              sp0 = valueStr.indexOf(" ", sp0 + 1);
            }
            if (sp0 === -1 || nl0 < sp0)
              hasPropsLine = true;
          }
          if (!hasPropsLine)
            ws = `
${ctx.indent}`;
        }
      } else if (valueStr === "" || valueStr[0] === "\n") {
        ws = "";
      }
      str += ws + valueStr;
      if (ctx.inFlow) {
        if (valueCommentDone && onComment)
          onComment();
      } else if (valueComment && !valueCommentDone) {
        str += stringifyComment.lineComment(str, ctx.indent, commentString(valueComment));
      } else if (chompKeep && onChompKeep) {
        onChompKeep();
      }
      return str;
    }
    exports2.stringifyPair = stringifyPair;
  }
});

// node_modules/yaml/dist/log.js
var require_log = __commonJS({
  "node_modules/yaml/dist/log.js"(exports2) {
    "use strict";
    var node_process = require("process");
    function debug2(logLevel, ...messages) {
      if (logLevel === "debug")
        console.log(...messages);
    }
    function warn2(logLevel, warning2) {
      if (logLevel === "debug" || logLevel === "warn") {
        if (typeof node_process.emitWarning === "function")
          node_process.emitWarning(warning2);
        else
          console.warn(warning2);
      }
    }
    exports2.debug = debug2;
    exports2.warn = warn2;
  }
});

// node_modules/yaml/dist/schema/yaml-1.1/merge.js
var require_merge = __commonJS({
  "node_modules/yaml/dist/schema/yaml-1.1/merge.js"(exports2) {
    "use strict";
    var identity2 = require_identity();
    var Scalar = require_Scalar();
    var MERGE_KEY = "<<";
    var merge2 = {
      identify: (value) => value === MERGE_KEY || typeof value === "symbol" && value.description === MERGE_KEY,
      default: "key",
      tag: "tag:yaml.org,2002:merge",
      test: /^<<$/,
      resolve: () => Object.assign(new Scalar.Scalar(Symbol(MERGE_KEY)), {
        addToJSMap: addMergeToJSMap
      }),
      stringify: () => MERGE_KEY
    };
    var isMergeKey = (ctx, key) => (merge2.identify(key) || identity2.isScalar(key) && (!key.type || key.type === Scalar.Scalar.PLAIN) && merge2.identify(key.value)) && ctx?.doc.schema.tags.some((tag) => tag.tag === merge2.tag && tag.default);
    function addMergeToJSMap(ctx, map, value) {
      const source = resolveAliasValue(ctx, value);
      if (identity2.isSeq(source))
        for (const it of source.items)
          mergeValue2(ctx, map, it);
      else if (Array.isArray(source))
        for (const it of source)
          mergeValue2(ctx, map, it);
      else
        mergeValue2(ctx, map, source);
    }
    function mergeValue2(ctx, map, value) {
      const source = resolveAliasValue(ctx, value);
      if (!identity2.isMap(source))
        throw new Error("Merge sources must be maps or map aliases");
      const srcMap = source.toJSON(null, ctx, Map);
      for (const [key, value2] of srcMap) {
        if (map instanceof Map) {
          if (!map.has(key))
            map.set(key, value2);
        } else if (map instanceof Set) {
          map.add(key);
        } else if (!Object.prototype.hasOwnProperty.call(map, key)) {
          Object.defineProperty(map, key, {
            value: value2,
            writable: true,
            enumerable: true,
            configurable: true
          });
        }
      }
      return map;
    }
    function resolveAliasValue(ctx, value) {
      return ctx && identity2.isAlias(value) ? value.resolve(ctx.doc, ctx) : value;
    }
    exports2.addMergeToJSMap = addMergeToJSMap;
    exports2.isMergeKey = isMergeKey;
    exports2.merge = merge2;
  }
});

// node_modules/yaml/dist/nodes/addPairToJSMap.js
var require_addPairToJSMap = __commonJS({
  "node_modules/yaml/dist/nodes/addPairToJSMap.js"(exports2) {
    "use strict";
    var log = require_log();
    var merge2 = require_merge();
    var stringify = require_stringify();
    var identity2 = require_identity();
    var toJS = require_toJS();
    function addPairToJSMap(ctx, map, { key, value }) {
      if (identity2.isNode(key) && key.addToJSMap)
        key.addToJSMap(ctx, map, value);
      else if (merge2.isMergeKey(ctx, key))
        merge2.addMergeToJSMap(ctx, map, value);
      else {
        const jsKey = toJS.toJS(key, "", ctx);
        if (map instanceof Map) {
          map.set(jsKey, toJS.toJS(value, jsKey, ctx));
        } else if (map instanceof Set) {
          map.add(jsKey);
        } else {
          const stringKey = stringifyKey(key, jsKey, ctx);
          const jsValue = toJS.toJS(value, stringKey, ctx);
          if (stringKey in map)
            Object.defineProperty(map, stringKey, {
              value: jsValue,
              writable: true,
              enumerable: true,
              configurable: true
            });
          else
            map[stringKey] = jsValue;
        }
      }
      return map;
    }
    function stringifyKey(key, jsKey, ctx) {
      if (jsKey === null)
        return "";
      if (typeof jsKey !== "object")
        return String(jsKey);
      if (identity2.isNode(key) && ctx?.doc) {
        const strCtx = stringify.createStringifyContext(ctx.doc, {});
        strCtx.anchors = /* @__PURE__ */ new Set();
        for (const node of ctx.anchors.keys())
          strCtx.anchors.add(node.anchor);
        strCtx.inFlow = true;
        strCtx.inStringifyKey = true;
        const strKey = key.toString(strCtx);
        if (!ctx.mapKeyWarned) {
          let jsonStr = JSON.stringify(strKey);
          if (jsonStr.length > 40)
            jsonStr = jsonStr.substring(0, 36) + '..."';
          log.warn(ctx.doc.options.logLevel, `Keys with collection values will be stringified due to JS Object restrictions: ${jsonStr}. Set mapAsMap: true to use object keys.`);
          ctx.mapKeyWarned = true;
        }
        return strKey;
      }
      return JSON.stringify(jsKey);
    }
    exports2.addPairToJSMap = addPairToJSMap;
  }
});

// node_modules/yaml/dist/nodes/Pair.js
var require_Pair = __commonJS({
  "node_modules/yaml/dist/nodes/Pair.js"(exports2) {
    "use strict";
    var createNode = require_createNode();
    var stringifyPair = require_stringifyPair();
    var addPairToJSMap = require_addPairToJSMap();
    var identity2 = require_identity();
    function createPair(key, value, ctx) {
      const k = createNode.createNode(key, void 0, ctx);
      const v = createNode.createNode(value, void 0, ctx);
      return new Pair(k, v);
    }
    var Pair = class _Pair {
      constructor(key, value = null) {
        Object.defineProperty(this, identity2.NODE_TYPE, { value: identity2.PAIR });
        this.key = key;
        this.value = value;
      }
      clone(schema) {
        let { key, value } = this;
        if (identity2.isNode(key))
          key = key.clone(schema);
        if (identity2.isNode(value))
          value = value.clone(schema);
        return new _Pair(key, value);
      }
      toJSON(_, ctx) {
        const pair = ctx?.mapAsMap ? /* @__PURE__ */ new Map() : {};
        return addPairToJSMap.addPairToJSMap(ctx, pair, this);
      }
      toString(ctx, onComment, onChompKeep) {
        return ctx?.doc ? stringifyPair.stringifyPair(this, ctx, onComment, onChompKeep) : JSON.stringify(this);
      }
    };
    exports2.Pair = Pair;
    exports2.createPair = createPair;
  }
});

// node_modules/yaml/dist/stringify/stringifyCollection.js
var require_stringifyCollection = __commonJS({
  "node_modules/yaml/dist/stringify/stringifyCollection.js"(exports2) {
    "use strict";
    var identity2 = require_identity();
    var stringify = require_stringify();
    var stringifyComment = require_stringifyComment();
    function stringifyCollection(collection, ctx, options) {
      const flow = ctx.inFlow ?? collection.flow;
      const stringify2 = flow ? stringifyFlowCollection : stringifyBlockCollection;
      return stringify2(collection, ctx, options);
    }
    function stringifyBlockCollection({ comment, items: items2 }, ctx, { blockItemPrefix, flowChars, itemIndent, onChompKeep, onComment }) {
      const { indent, options: { commentString } } = ctx;
      const itemCtx = Object.assign({}, ctx, { indent: itemIndent, type: null });
      let chompKeep = false;
      const lines3 = [];
      for (let i = 0; i < items2.length; ++i) {
        const item = items2[i];
        let comment2 = null;
        if (identity2.isNode(item)) {
          if (!chompKeep && item.spaceBefore)
            lines3.push("");
          addCommentBefore(ctx, lines3, item.commentBefore, chompKeep);
          if (item.comment)
            comment2 = item.comment;
        } else if (identity2.isPair(item)) {
          const ik = identity2.isNode(item.key) ? item.key : null;
          if (ik) {
            if (!chompKeep && ik.spaceBefore)
              lines3.push("");
            addCommentBefore(ctx, lines3, ik.commentBefore, chompKeep);
          }
        }
        chompKeep = false;
        let str2 = stringify.stringify(item, itemCtx, () => comment2 = null, () => chompKeep = true);
        if (comment2)
          str2 += stringifyComment.lineComment(str2, itemIndent, commentString(comment2));
        if (chompKeep && comment2)
          chompKeep = false;
        lines3.push(blockItemPrefix + str2);
      }
      let str;
      if (lines3.length === 0) {
        str = flowChars.start + flowChars.end;
      } else {
        str = lines3[0];
        for (let i = 1; i < lines3.length; ++i) {
          const line3 = lines3[i];
          str += line3 ? `
${indent}${line3}` : "\n";
        }
      }
      if (comment) {
        str += "\n" + stringifyComment.indentComment(commentString(comment), indent);
        if (onComment)
          onComment();
      } else if (chompKeep && onChompKeep)
        onChompKeep();
      return str;
    }
    function stringifyFlowCollection({ items: items2 }, ctx, { flowChars, itemIndent }) {
      const { indent, indentStep, flowCollectionPadding: fcPadding, options: { commentString } } = ctx;
      itemIndent += indentStep;
      const itemCtx = Object.assign({}, ctx, {
        indent: itemIndent,
        inFlow: true,
        type: null
      });
      let reqNewline = false;
      let linesAtValue = 0;
      const lines3 = [];
      for (let i = 0; i < items2.length; ++i) {
        const item = items2[i];
        let comment = null;
        if (identity2.isNode(item)) {
          if (item.spaceBefore)
            lines3.push("");
          addCommentBefore(ctx, lines3, item.commentBefore, false);
          if (item.comment)
            comment = item.comment;
        } else if (identity2.isPair(item)) {
          const ik = identity2.isNode(item.key) ? item.key : null;
          if (ik) {
            if (ik.spaceBefore)
              lines3.push("");
            addCommentBefore(ctx, lines3, ik.commentBefore, false);
            if (ik.comment)
              reqNewline = true;
          }
          const iv = identity2.isNode(item.value) ? item.value : null;
          if (iv) {
            if (iv.comment)
              comment = iv.comment;
            if (iv.commentBefore)
              reqNewline = true;
          } else if (item.value == null && ik?.comment) {
            comment = ik.comment;
          }
        }
        if (comment)
          reqNewline = true;
        let str = stringify.stringify(item, itemCtx, () => comment = null);
        reqNewline || (reqNewline = lines3.length > linesAtValue || str.includes("\n"));
        if (i < items2.length - 1) {
          str += ",";
        } else if (ctx.options.trailingComma) {
          if (ctx.options.lineWidth > 0) {
            reqNewline || (reqNewline = lines3.reduce((sum, line3) => sum + line3.length + 2, 2) + (str.length + 2) > ctx.options.lineWidth);
          }
          if (reqNewline) {
            str += ",";
          }
        }
        if (comment)
          str += stringifyComment.lineComment(str, itemIndent, commentString(comment));
        lines3.push(str);
        linesAtValue = lines3.length;
      }
      const { start, end } = flowChars;
      if (lines3.length === 0) {
        return start + end;
      } else {
        if (!reqNewline) {
          const len = lines3.reduce((sum, line3) => sum + line3.length + 2, 2);
          reqNewline = ctx.options.lineWidth > 0 && len > ctx.options.lineWidth;
        }
        if (reqNewline) {
          let str = start;
          for (const line3 of lines3)
            str += line3 ? `
${indentStep}${indent}${line3}` : "\n";
          return `${str}
${indent}${end}`;
        } else {
          return `${start}${fcPadding}${lines3.join(" ")}${fcPadding}${end}`;
        }
      }
    }
    function addCommentBefore({ indent, options: { commentString } }, lines3, comment, chompKeep) {
      if (comment && chompKeep)
        comment = comment.replace(/^\n+/, "");
      if (comment) {
        const ic = stringifyComment.indentComment(commentString(comment), indent);
        lines3.push(ic.trimStart());
      }
    }
    exports2.stringifyCollection = stringifyCollection;
  }
});

// node_modules/yaml/dist/nodes/YAMLMap.js
var require_YAMLMap = __commonJS({
  "node_modules/yaml/dist/nodes/YAMLMap.js"(exports2) {
    "use strict";
    var stringifyCollection = require_stringifyCollection();
    var addPairToJSMap = require_addPairToJSMap();
    var Collection = require_Collection();
    var identity2 = require_identity();
    var Pair = require_Pair();
    var Scalar = require_Scalar();
    function findPair(items2, key) {
      const k = identity2.isScalar(key) ? key.value : key;
      for (const it of items2) {
        if (identity2.isPair(it)) {
          if (it.key === key || it.key === k)
            return it;
          if (identity2.isScalar(it.key) && it.key.value === k)
            return it;
        }
      }
      return void 0;
    }
    var YAMLMap = class extends Collection.Collection {
      static get tagName() {
        return "tag:yaml.org,2002:map";
      }
      constructor(schema) {
        super(identity2.MAP, schema);
        this.items = [];
      }
      /**
       * A generic collection parsing method that can be extended
       * to other node classes that inherit from YAMLMap
       */
      static from(schema, obj, ctx) {
        const { keepUndefined, replacer } = ctx;
        const map = new this(schema);
        const add = (key, value) => {
          if (typeof replacer === "function")
            value = replacer.call(obj, key, value);
          else if (Array.isArray(replacer) && !replacer.includes(key))
            return;
          if (value !== void 0 || keepUndefined)
            map.items.push(Pair.createPair(key, value, ctx));
        };
        if (obj instanceof Map) {
          for (const [key, value] of obj)
            add(key, value);
        } else if (obj && typeof obj === "object") {
          for (const key of Object.keys(obj))
            add(key, obj[key]);
        }
        if (typeof schema.sortMapEntries === "function") {
          map.items.sort(schema.sortMapEntries);
        }
        return map;
      }
      /**
       * Adds a value to the collection.
       *
       * @param overwrite - If not set `true`, using a key that is already in the
       *   collection will throw. Otherwise, overwrites the previous value.
       */
      add(pair, overwrite) {
        let _pair;
        if (identity2.isPair(pair))
          _pair = pair;
        else if (!pair || typeof pair !== "object" || !("key" in pair)) {
          _pair = new Pair.Pair(pair, pair?.value);
        } else
          _pair = new Pair.Pair(pair.key, pair.value);
        const prev = findPair(this.items, _pair.key);
        const sortEntries = this.schema?.sortMapEntries;
        if (prev) {
          if (!overwrite)
            throw new Error(`Key ${_pair.key} already set`);
          if (identity2.isScalar(prev.value) && Scalar.isScalarValue(_pair.value))
            prev.value.value = _pair.value;
          else
            prev.value = _pair.value;
        } else if (sortEntries) {
          const i = this.items.findIndex((item) => sortEntries(_pair, item) < 0);
          if (i === -1)
            this.items.push(_pair);
          else
            this.items.splice(i, 0, _pair);
        } else {
          this.items.push(_pair);
        }
      }
      delete(key) {
        const it = findPair(this.items, key);
        if (!it)
          return false;
        const del = this.items.splice(this.items.indexOf(it), 1);
        return del.length > 0;
      }
      get(key, keepScalar) {
        const it = findPair(this.items, key);
        const node = it?.value;
        return (!keepScalar && identity2.isScalar(node) ? node.value : node) ?? void 0;
      }
      has(key) {
        return !!findPair(this.items, key);
      }
      set(key, value) {
        this.add(new Pair.Pair(key, value), true);
      }
      /**
       * @param ctx - Conversion context, originally set in Document#toJS()
       * @param {Class} Type - If set, forces the returned collection type
       * @returns Instance of Type, Map, or Object
       */
      toJSON(_, ctx, Type) {
        const map = Type ? new Type() : ctx?.mapAsMap ? /* @__PURE__ */ new Map() : {};
        if (ctx?.onCreate)
          ctx.onCreate(map);
        for (const item of this.items)
          addPairToJSMap.addPairToJSMap(ctx, map, item);
        return map;
      }
      toString(ctx, onComment, onChompKeep) {
        if (!ctx)
          return JSON.stringify(this);
        for (const item of this.items) {
          if (!identity2.isPair(item))
            throw new Error(`Map items must all be pairs; found ${JSON.stringify(item)} instead`);
        }
        if (!ctx.allNullValues && this.hasAllNullValues(false))
          ctx = Object.assign({}, ctx, { allNullValues: true });
        return stringifyCollection.stringifyCollection(this, ctx, {
          blockItemPrefix: "",
          flowChars: { start: "{", end: "}" },
          itemIndent: ctx.indent || "",
          onChompKeep,
          onComment
        });
      }
    };
    exports2.YAMLMap = YAMLMap;
    exports2.findPair = findPair;
  }
});

// node_modules/yaml/dist/schema/common/map.js
var require_map = __commonJS({
  "node_modules/yaml/dist/schema/common/map.js"(exports2) {
    "use strict";
    var identity2 = require_identity();
    var YAMLMap = require_YAMLMap();
    var map = {
      collection: "map",
      default: true,
      nodeClass: YAMLMap.YAMLMap,
      tag: "tag:yaml.org,2002:map",
      resolve(map2, onError) {
        if (!identity2.isMap(map2))
          onError("Expected a mapping for this tag");
        return map2;
      },
      createNode: (schema, obj, ctx) => YAMLMap.YAMLMap.from(schema, obj, ctx)
    };
    exports2.map = map;
  }
});

// node_modules/yaml/dist/nodes/YAMLSeq.js
var require_YAMLSeq = __commonJS({
  "node_modules/yaml/dist/nodes/YAMLSeq.js"(exports2) {
    "use strict";
    var createNode = require_createNode();
    var stringifyCollection = require_stringifyCollection();
    var Collection = require_Collection();
    var identity2 = require_identity();
    var Scalar = require_Scalar();
    var toJS = require_toJS();
    var YAMLSeq = class extends Collection.Collection {
      static get tagName() {
        return "tag:yaml.org,2002:seq";
      }
      constructor(schema) {
        super(identity2.SEQ, schema);
        this.items = [];
      }
      add(value) {
        this.items.push(value);
      }
      /**
       * Removes a value from the collection.
       *
       * `key` must contain a representation of an integer for this to succeed.
       * It may be wrapped in a `Scalar`.
       *
       * @returns `true` if the item was found and removed.
       */
      delete(key) {
        const idx = asItemIndex(key);
        if (typeof idx !== "number")
          return false;
        const del = this.items.splice(idx, 1);
        return del.length > 0;
      }
      get(key, keepScalar) {
        const idx = asItemIndex(key);
        if (typeof idx !== "number")
          return void 0;
        const it = this.items[idx];
        return !keepScalar && identity2.isScalar(it) ? it.value : it;
      }
      /**
       * Checks if the collection includes a value with the key `key`.
       *
       * `key` must contain a representation of an integer for this to succeed.
       * It may be wrapped in a `Scalar`.
       */
      has(key) {
        const idx = asItemIndex(key);
        return typeof idx === "number" && idx < this.items.length;
      }
      /**
       * Sets a value in this collection. For `!!set`, `value` needs to be a
       * boolean to add/remove the item from the set.
       *
       * If `key` does not contain a representation of an integer, this will throw.
       * It may be wrapped in a `Scalar`.
       */
      set(key, value) {
        const idx = asItemIndex(key);
        if (typeof idx !== "number")
          throw new Error(`Expected a valid index, not ${key}.`);
        const prev = this.items[idx];
        if (identity2.isScalar(prev) && Scalar.isScalarValue(value))
          prev.value = value;
        else
          this.items[idx] = value;
      }
      toJSON(_, ctx) {
        const seq = [];
        if (ctx?.onCreate)
          ctx.onCreate(seq);
        let i = 0;
        for (const item of this.items)
          seq.push(toJS.toJS(item, String(i++), ctx));
        return seq;
      }
      toString(ctx, onComment, onChompKeep) {
        if (!ctx)
          return JSON.stringify(this);
        return stringifyCollection.stringifyCollection(this, ctx, {
          blockItemPrefix: "- ",
          flowChars: { start: "[", end: "]" },
          itemIndent: (ctx.indent || "") + "  ",
          onChompKeep,
          onComment
        });
      }
      static from(schema, obj, ctx) {
        const { replacer } = ctx;
        const seq = new this(schema);
        if (obj && Symbol.iterator in Object(obj)) {
          let i = 0;
          for (let it of obj) {
            if (typeof replacer === "function") {
              const key = obj instanceof Set ? it : String(i++);
              it = replacer.call(obj, key, it);
            }
            seq.items.push(createNode.createNode(it, void 0, ctx));
          }
        }
        return seq;
      }
    };
    function asItemIndex(key) {
      let idx = identity2.isScalar(key) ? key.value : key;
      if (idx && typeof idx === "string")
        idx = Number(idx);
      return typeof idx === "number" && Number.isInteger(idx) && idx >= 0 ? idx : null;
    }
    exports2.YAMLSeq = YAMLSeq;
  }
});

// node_modules/yaml/dist/schema/common/seq.js
var require_seq = __commonJS({
  "node_modules/yaml/dist/schema/common/seq.js"(exports2) {
    "use strict";
    var identity2 = require_identity();
    var YAMLSeq = require_YAMLSeq();
    var seq = {
      collection: "seq",
      default: true,
      nodeClass: YAMLSeq.YAMLSeq,
      tag: "tag:yaml.org,2002:seq",
      resolve(seq2, onError) {
        if (!identity2.isSeq(seq2))
          onError("Expected a sequence for this tag");
        return seq2;
      },
      createNode: (schema, obj, ctx) => YAMLSeq.YAMLSeq.from(schema, obj, ctx)
    };
    exports2.seq = seq;
  }
});

// node_modules/yaml/dist/schema/common/string.js
var require_string = __commonJS({
  "node_modules/yaml/dist/schema/common/string.js"(exports2) {
    "use strict";
    var stringifyString = require_stringifyString();
    var string = {
      identify: (value) => typeof value === "string",
      default: true,
      tag: "tag:yaml.org,2002:str",
      resolve: (str) => str,
      stringify(item, ctx, onComment, onChompKeep) {
        ctx = Object.assign({ actualString: true }, ctx);
        return stringifyString.stringifyString(item, ctx, onComment, onChompKeep);
      }
    };
    exports2.string = string;
  }
});

// node_modules/yaml/dist/schema/common/null.js
var require_null = __commonJS({
  "node_modules/yaml/dist/schema/common/null.js"(exports2) {
    "use strict";
    var Scalar = require_Scalar();
    var nullTag = {
      identify: (value) => value == null,
      createNode: () => new Scalar.Scalar(null),
      default: true,
      tag: "tag:yaml.org,2002:null",
      test: /^(?:~|[Nn]ull|NULL)?$/,
      resolve: () => new Scalar.Scalar(null),
      stringify: ({ source }, ctx) => typeof source === "string" && nullTag.test.test(source) ? source : ctx.options.nullStr
    };
    exports2.nullTag = nullTag;
  }
});

// node_modules/yaml/dist/schema/core/bool.js
var require_bool = __commonJS({
  "node_modules/yaml/dist/schema/core/bool.js"(exports2) {
    "use strict";
    var Scalar = require_Scalar();
    var boolTag = {
      identify: (value) => typeof value === "boolean",
      default: true,
      tag: "tag:yaml.org,2002:bool",
      test: /^(?:[Tt]rue|TRUE|[Ff]alse|FALSE)$/,
      resolve: (str) => new Scalar.Scalar(str[0] === "t" || str[0] === "T"),
      stringify({ source, value }, ctx) {
        if (source && boolTag.test.test(source)) {
          const sv = source[0] === "t" || source[0] === "T";
          if (value === sv)
            return source;
        }
        return value ? ctx.options.trueStr : ctx.options.falseStr;
      }
    };
    exports2.boolTag = boolTag;
  }
});

// node_modules/yaml/dist/stringify/stringifyNumber.js
var require_stringifyNumber = __commonJS({
  "node_modules/yaml/dist/stringify/stringifyNumber.js"(exports2) {
    "use strict";
    function stringifyNumber({ format, minFractionDigits, tag, value }) {
      if (typeof value === "bigint")
        return String(value);
      const num = typeof value === "number" ? value : Number(value);
      if (!isFinite(num))
        return isNaN(num) ? ".nan" : num < 0 ? "-.inf" : ".inf";
      let n = Object.is(value, -0) ? "-0" : JSON.stringify(value);
      if (!format && minFractionDigits && (!tag || tag === "tag:yaml.org,2002:float") && /^-?\d/.test(n) && !n.includes("e")) {
        let i = n.indexOf(".");
        if (i < 0) {
          i = n.length;
          n += ".";
        }
        let d = minFractionDigits - (n.length - i - 1);
        while (d-- > 0)
          n += "0";
      }
      return n;
    }
    exports2.stringifyNumber = stringifyNumber;
  }
});

// node_modules/yaml/dist/schema/core/float.js
var require_float = __commonJS({
  "node_modules/yaml/dist/schema/core/float.js"(exports2) {
    "use strict";
    var Scalar = require_Scalar();
    var stringifyNumber = require_stringifyNumber();
    var floatNaN = {
      identify: (value) => typeof value === "number",
      default: true,
      tag: "tag:yaml.org,2002:float",
      test: /^(?:[-+]?\.(?:inf|Inf|INF)|\.nan|\.NaN|\.NAN)$/,
      resolve: (str) => str.slice(-3).toLowerCase() === "nan" ? NaN : str[0] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY,
      stringify: stringifyNumber.stringifyNumber
    };
    var floatExp = {
      identify: (value) => typeof value === "number",
      default: true,
      tag: "tag:yaml.org,2002:float",
      format: "EXP",
      test: /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)[eE][-+]?[0-9]+$/,
      resolve: (str) => parseFloat(str),
      stringify(node) {
        const num = Number(node.value);
        return isFinite(num) ? num.toExponential() : stringifyNumber.stringifyNumber(node);
      }
    };
    var float = {
      identify: (value) => typeof value === "number",
      default: true,
      tag: "tag:yaml.org,2002:float",
      test: /^[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*)$/,
      resolve(str) {
        const node = new Scalar.Scalar(parseFloat(str));
        const dot = str.indexOf(".");
        if (dot !== -1 && str[str.length - 1] === "0")
          node.minFractionDigits = str.length - dot - 1;
        return node;
      },
      stringify: stringifyNumber.stringifyNumber
    };
    exports2.float = float;
    exports2.floatExp = floatExp;
    exports2.floatNaN = floatNaN;
  }
});

// node_modules/yaml/dist/schema/core/int.js
var require_int = __commonJS({
  "node_modules/yaml/dist/schema/core/int.js"(exports2) {
    "use strict";
    var stringifyNumber = require_stringifyNumber();
    var intIdentify = (value) => typeof value === "bigint" || Number.isInteger(value);
    var intResolve = (str, offset, radix, { intAsBigInt }) => intAsBigInt ? BigInt(str) : parseInt(str.substring(offset), radix);
    function intStringify(node, radix, prefix) {
      const { value } = node;
      if (intIdentify(value) && value >= 0)
        return prefix + value.toString(radix);
      return stringifyNumber.stringifyNumber(node);
    }
    var intOct = {
      identify: (value) => intIdentify(value) && value >= 0,
      default: true,
      tag: "tag:yaml.org,2002:int",
      format: "OCT",
      test: /^0o[0-7]+$/,
      resolve: (str, _onError, opt) => intResolve(str, 2, 8, opt),
      stringify: (node) => intStringify(node, 8, "0o")
    };
    var int = {
      identify: intIdentify,
      default: true,
      tag: "tag:yaml.org,2002:int",
      test: /^[-+]?[0-9]+$/,
      resolve: (str, _onError, opt) => intResolve(str, 0, 10, opt),
      stringify: stringifyNumber.stringifyNumber
    };
    var intHex = {
      identify: (value) => intIdentify(value) && value >= 0,
      default: true,
      tag: "tag:yaml.org,2002:int",
      format: "HEX",
      test: /^0x[0-9a-fA-F]+$/,
      resolve: (str, _onError, opt) => intResolve(str, 2, 16, opt),
      stringify: (node) => intStringify(node, 16, "0x")
    };
    exports2.int = int;
    exports2.intHex = intHex;
    exports2.intOct = intOct;
  }
});

// node_modules/yaml/dist/schema/core/schema.js
var require_schema = __commonJS({
  "node_modules/yaml/dist/schema/core/schema.js"(exports2) {
    "use strict";
    var map = require_map();
    var _null = require_null();
    var seq = require_seq();
    var string = require_string();
    var bool = require_bool();
    var float = require_float();
    var int = require_int();
    var schema = [
      map.map,
      seq.seq,
      string.string,
      _null.nullTag,
      bool.boolTag,
      int.intOct,
      int.int,
      int.intHex,
      float.floatNaN,
      float.floatExp,
      float.float
    ];
    exports2.schema = schema;
  }
});

// node_modules/yaml/dist/schema/json/schema.js
var require_schema2 = __commonJS({
  "node_modules/yaml/dist/schema/json/schema.js"(exports2) {
    "use strict";
    var Scalar = require_Scalar();
    var map = require_map();
    var seq = require_seq();
    function intIdentify(value) {
      return typeof value === "bigint" || Number.isInteger(value);
    }
    var stringifyJSON = ({ value }) => JSON.stringify(value);
    var jsonScalars = [
      {
        identify: (value) => typeof value === "string",
        default: true,
        tag: "tag:yaml.org,2002:str",
        resolve: (str) => str,
        stringify: stringifyJSON
      },
      {
        identify: (value) => value == null,
        createNode: () => new Scalar.Scalar(null),
        default: true,
        tag: "tag:yaml.org,2002:null",
        test: /^null$/,
        resolve: () => null,
        stringify: stringifyJSON
      },
      {
        identify: (value) => typeof value === "boolean",
        default: true,
        tag: "tag:yaml.org,2002:bool",
        test: /^true$|^false$/,
        resolve: (str) => str === "true",
        stringify: stringifyJSON
      },
      {
        identify: intIdentify,
        default: true,
        tag: "tag:yaml.org,2002:int",
        test: /^-?(?:0|[1-9][0-9]*)$/,
        resolve: (str, _onError, { intAsBigInt }) => intAsBigInt ? BigInt(str) : parseInt(str, 10),
        stringify: ({ value }) => intIdentify(value) ? value.toString() : JSON.stringify(value)
      },
      {
        identify: (value) => typeof value === "number",
        default: true,
        tag: "tag:yaml.org,2002:float",
        test: /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]*)?(?:[eE][-+]?[0-9]+)?$/,
        resolve: (str) => parseFloat(str),
        stringify: stringifyJSON
      }
    ];
    var jsonError = {
      default: true,
      tag: "",
      test: /^/,
      resolve(str, onError) {
        onError(`Unresolved plain scalar ${JSON.stringify(str)}`);
        return str;
      }
    };
    var schema = [map.map, seq.seq].concat(jsonScalars, jsonError);
    exports2.schema = schema;
  }
});

// node_modules/yaml/dist/schema/yaml-1.1/binary.js
var require_binary = __commonJS({
  "node_modules/yaml/dist/schema/yaml-1.1/binary.js"(exports2) {
    "use strict";
    var node_buffer = require("buffer");
    var Scalar = require_Scalar();
    var stringifyString = require_stringifyString();
    var binary = {
      identify: (value) => value instanceof Uint8Array,
      // Buffer inherits from Uint8Array
      default: false,
      tag: "tag:yaml.org,2002:binary",
      /**
       * Returns a Buffer in node and an Uint8Array in browsers
       *
       * To use the resulting buffer as an image, you'll want to do something like:
       *
       *   const blob = new Blob([buffer], { type: 'image/jpeg' })
       *   document.querySelector('#photo').src = URL.createObjectURL(blob)
       */
      resolve(src, onError) {
        if (typeof node_buffer.Buffer === "function") {
          return node_buffer.Buffer.from(src, "base64");
        } else if (typeof atob === "function") {
          const str = atob(src.replace(/[\n\r]/g, ""));
          const buffer = new Uint8Array(str.length);
          for (let i = 0; i < str.length; ++i)
            buffer[i] = str.charCodeAt(i);
          return buffer;
        } else {
          onError("This environment does not support reading binary tags; either Buffer or atob is required");
          return src;
        }
      },
      stringify({ comment, type, value }, ctx, onComment, onChompKeep) {
        if (!value)
          return "";
        const buf = value;
        let str;
        if (typeof node_buffer.Buffer === "function") {
          str = buf instanceof node_buffer.Buffer ? buf.toString("base64") : node_buffer.Buffer.from(buf.buffer).toString("base64");
        } else if (typeof btoa === "function") {
          let s = "";
          for (let i = 0; i < buf.length; ++i)
            s += String.fromCharCode(buf[i]);
          str = btoa(s);
        } else {
          throw new Error("This environment does not support writing binary tags; either Buffer or btoa is required");
        }
        type ?? (type = Scalar.Scalar.BLOCK_LITERAL);
        if (type !== Scalar.Scalar.QUOTE_DOUBLE) {
          const lineWidth = Math.max(ctx.options.lineWidth - ctx.indent.length, ctx.options.minContentWidth);
          const n = Math.ceil(str.length / lineWidth);
          const lines3 = new Array(n);
          for (let i = 0, o = 0; i < n; ++i, o += lineWidth) {
            lines3[i] = str.substr(o, lineWidth);
          }
          str = lines3.join(type === Scalar.Scalar.BLOCK_LITERAL ? "\n" : " ");
        }
        return stringifyString.stringifyString({ comment, type, value: str }, ctx, onComment, onChompKeep);
      }
    };
    exports2.binary = binary;
  }
});

// node_modules/yaml/dist/schema/yaml-1.1/pairs.js
var require_pairs = __commonJS({
  "node_modules/yaml/dist/schema/yaml-1.1/pairs.js"(exports2) {
    "use strict";
    var identity2 = require_identity();
    var Pair = require_Pair();
    var Scalar = require_Scalar();
    var YAMLSeq = require_YAMLSeq();
    function resolvePairs(seq, onError) {
      if (identity2.isSeq(seq)) {
        for (let i = 0; i < seq.items.length; ++i) {
          let item = seq.items[i];
          if (identity2.isPair(item))
            continue;
          else if (identity2.isMap(item)) {
            if (item.items.length > 1)
              onError("Each pair must have its own sequence indicator");
            const pair = item.items[0] || new Pair.Pair(new Scalar.Scalar(null));
            if (item.commentBefore)
              pair.key.commentBefore = pair.key.commentBefore ? `${item.commentBefore}
${pair.key.commentBefore}` : item.commentBefore;
            if (item.comment) {
              const cn = pair.value ?? pair.key;
              cn.comment = cn.comment ? `${item.comment}
${cn.comment}` : item.comment;
            }
            item = pair;
          }
          seq.items[i] = identity2.isPair(item) ? item : new Pair.Pair(item);
        }
      } else
        onError("Expected a sequence for this tag");
      return seq;
    }
    function createPairs(schema, iterable, ctx) {
      const { replacer } = ctx;
      const pairs2 = new YAMLSeq.YAMLSeq(schema);
      pairs2.tag = "tag:yaml.org,2002:pairs";
      let i = 0;
      if (iterable && Symbol.iterator in Object(iterable))
        for (let it of iterable) {
          if (typeof replacer === "function")
            it = replacer.call(iterable, String(i++), it);
          let key, value;
          if (Array.isArray(it)) {
            if (it.length === 2) {
              key = it[0];
              value = it[1];
            } else
              throw new TypeError(`Expected [key, value] tuple: ${it}`);
          } else if (it && it instanceof Object) {
            const keys = Object.keys(it);
            if (keys.length === 1) {
              key = keys[0];
              value = it[key];
            } else {
              throw new TypeError(`Expected tuple with one key, not ${keys.length} keys`);
            }
          } else {
            key = it;
          }
          pairs2.items.push(Pair.createPair(key, value, ctx));
        }
      return pairs2;
    }
    var pairs = {
      collection: "seq",
      default: false,
      tag: "tag:yaml.org,2002:pairs",
      resolve: resolvePairs,
      createNode: createPairs
    };
    exports2.createPairs = createPairs;
    exports2.pairs = pairs;
    exports2.resolvePairs = resolvePairs;
  }
});

// node_modules/yaml/dist/schema/yaml-1.1/omap.js
var require_omap = __commonJS({
  "node_modules/yaml/dist/schema/yaml-1.1/omap.js"(exports2) {
    "use strict";
    var identity2 = require_identity();
    var toJS = require_toJS();
    var YAMLMap = require_YAMLMap();
    var YAMLSeq = require_YAMLSeq();
    var pairs = require_pairs();
    var YAMLOMap = class _YAMLOMap extends YAMLSeq.YAMLSeq {
      constructor() {
        super();
        this.add = YAMLMap.YAMLMap.prototype.add.bind(this);
        this.delete = YAMLMap.YAMLMap.prototype.delete.bind(this);
        this.get = YAMLMap.YAMLMap.prototype.get.bind(this);
        this.has = YAMLMap.YAMLMap.prototype.has.bind(this);
        this.set = YAMLMap.YAMLMap.prototype.set.bind(this);
        this.tag = _YAMLOMap.tag;
      }
      /**
       * If `ctx` is given, the return type is actually `Map<unknown, unknown>`,
       * but TypeScript won't allow widening the signature of a child method.
       */
      toJSON(_, ctx) {
        if (!ctx)
          return super.toJSON(_);
        const map = /* @__PURE__ */ new Map();
        if (ctx?.onCreate)
          ctx.onCreate(map);
        for (const pair of this.items) {
          let key, value;
          if (identity2.isPair(pair)) {
            key = toJS.toJS(pair.key, "", ctx);
            value = toJS.toJS(pair.value, key, ctx);
          } else {
            key = toJS.toJS(pair, "", ctx);
          }
          if (map.has(key))
            throw new Error("Ordered maps must not include duplicate keys");
          map.set(key, value);
        }
        return map;
      }
      static from(schema, iterable, ctx) {
        const pairs$1 = pairs.createPairs(schema, iterable, ctx);
        const omap2 = new this();
        omap2.items = pairs$1.items;
        return omap2;
      }
    };
    YAMLOMap.tag = "tag:yaml.org,2002:omap";
    var omap = {
      collection: "seq",
      identify: (value) => value instanceof Map,
      nodeClass: YAMLOMap,
      default: false,
      tag: "tag:yaml.org,2002:omap",
      resolve(seq, onError) {
        const pairs$1 = pairs.resolvePairs(seq, onError);
        const seenKeys = [];
        for (const { key } of pairs$1.items) {
          if (identity2.isScalar(key)) {
            if (seenKeys.includes(key.value)) {
              onError(`Ordered maps must not include duplicate keys: ${key.value}`);
            } else {
              seenKeys.push(key.value);
            }
          }
        }
        return Object.assign(new YAMLOMap(), pairs$1);
      },
      createNode: (schema, iterable, ctx) => YAMLOMap.from(schema, iterable, ctx)
    };
    exports2.YAMLOMap = YAMLOMap;
    exports2.omap = omap;
  }
});

// node_modules/yaml/dist/schema/yaml-1.1/bool.js
var require_bool2 = __commonJS({
  "node_modules/yaml/dist/schema/yaml-1.1/bool.js"(exports2) {
    "use strict";
    var Scalar = require_Scalar();
    function boolStringify({ value, source }, ctx) {
      const boolObj = value ? trueTag : falseTag;
      if (source && boolObj.test.test(source))
        return source;
      return value ? ctx.options.trueStr : ctx.options.falseStr;
    }
    var trueTag = {
      identify: (value) => value === true,
      default: true,
      tag: "tag:yaml.org,2002:bool",
      test: /^(?:Y|y|[Yy]es|YES|[Tt]rue|TRUE|[Oo]n|ON)$/,
      resolve: () => new Scalar.Scalar(true),
      stringify: boolStringify
    };
    var falseTag = {
      identify: (value) => value === false,
      default: true,
      tag: "tag:yaml.org,2002:bool",
      test: /^(?:N|n|[Nn]o|NO|[Ff]alse|FALSE|[Oo]ff|OFF)$/,
      resolve: () => new Scalar.Scalar(false),
      stringify: boolStringify
    };
    exports2.falseTag = falseTag;
    exports2.trueTag = trueTag;
  }
});

// node_modules/yaml/dist/schema/yaml-1.1/float.js
var require_float2 = __commonJS({
  "node_modules/yaml/dist/schema/yaml-1.1/float.js"(exports2) {
    "use strict";
    var Scalar = require_Scalar();
    var stringifyNumber = require_stringifyNumber();
    var floatNaN = {
      identify: (value) => typeof value === "number",
      default: true,
      tag: "tag:yaml.org,2002:float",
      test: /^(?:[-+]?\.(?:inf|Inf|INF)|\.nan|\.NaN|\.NAN)$/,
      resolve: (str) => str.slice(-3).toLowerCase() === "nan" ? NaN : str[0] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY,
      stringify: stringifyNumber.stringifyNumber
    };
    var floatExp = {
      identify: (value) => typeof value === "number",
      default: true,
      tag: "tag:yaml.org,2002:float",
      format: "EXP",
      test: /^[-+]?(?:[0-9][0-9_]*)?(?:\.[0-9_]*)?[eE][-+]?[0-9]+$/,
      resolve: (str) => parseFloat(str.replace(/_/g, "")),
      stringify(node) {
        const num = Number(node.value);
        return isFinite(num) ? num.toExponential() : stringifyNumber.stringifyNumber(node);
      }
    };
    var float = {
      identify: (value) => typeof value === "number",
      default: true,
      tag: "tag:yaml.org,2002:float",
      test: /^[-+]?(?:[0-9][0-9_]*)?\.[0-9_]*$/,
      resolve(str) {
        const node = new Scalar.Scalar(parseFloat(str.replace(/_/g, "")));
        const dot = str.indexOf(".");
        if (dot !== -1) {
          const f = str.substring(dot + 1).replace(/_/g, "");
          if (f[f.length - 1] === "0")
            node.minFractionDigits = f.length;
        }
        return node;
      },
      stringify: stringifyNumber.stringifyNumber
    };
    exports2.float = float;
    exports2.floatExp = floatExp;
    exports2.floatNaN = floatNaN;
  }
});

// node_modules/yaml/dist/schema/yaml-1.1/int.js
var require_int2 = __commonJS({
  "node_modules/yaml/dist/schema/yaml-1.1/int.js"(exports2) {
    "use strict";
    var stringifyNumber = require_stringifyNumber();
    var intIdentify = (value) => typeof value === "bigint" || Number.isInteger(value);
    function intResolve(str, offset, radix, { intAsBigInt }) {
      const sign = str[0];
      if (sign === "-" || sign === "+")
        offset += 1;
      str = str.substring(offset).replace(/_/g, "");
      if (intAsBigInt) {
        switch (radix) {
          case 2:
            str = `0b${str}`;
            break;
          case 8:
            str = `0o${str}`;
            break;
          case 16:
            str = `0x${str}`;
            break;
        }
        const n2 = BigInt(str);
        return sign === "-" ? BigInt(-1) * n2 : n2;
      }
      const n = parseInt(str, radix);
      return sign === "-" ? -1 * n : n;
    }
    function intStringify(node, radix, prefix) {
      const { value } = node;
      if (intIdentify(value)) {
        const str = value.toString(radix);
        return value < 0 ? "-" + prefix + str.substr(1) : prefix + str;
      }
      return stringifyNumber.stringifyNumber(node);
    }
    var intBin = {
      identify: intIdentify,
      default: true,
      tag: "tag:yaml.org,2002:int",
      format: "BIN",
      test: /^[-+]?0b[0-1_]+$/,
      resolve: (str, _onError, opt) => intResolve(str, 2, 2, opt),
      stringify: (node) => intStringify(node, 2, "0b")
    };
    var intOct = {
      identify: intIdentify,
      default: true,
      tag: "tag:yaml.org,2002:int",
      format: "OCT",
      test: /^[-+]?0[0-7_]+$/,
      resolve: (str, _onError, opt) => intResolve(str, 1, 8, opt),
      stringify: (node) => intStringify(node, 8, "0")
    };
    var int = {
      identify: intIdentify,
      default: true,
      tag: "tag:yaml.org,2002:int",
      test: /^[-+]?[0-9][0-9_]*$/,
      resolve: (str, _onError, opt) => intResolve(str, 0, 10, opt),
      stringify: stringifyNumber.stringifyNumber
    };
    var intHex = {
      identify: intIdentify,
      default: true,
      tag: "tag:yaml.org,2002:int",
      format: "HEX",
      test: /^[-+]?0x[0-9a-fA-F_]+$/,
      resolve: (str, _onError, opt) => intResolve(str, 2, 16, opt),
      stringify: (node) => intStringify(node, 16, "0x")
    };
    exports2.int = int;
    exports2.intBin = intBin;
    exports2.intHex = intHex;
    exports2.intOct = intOct;
  }
});

// node_modules/yaml/dist/schema/yaml-1.1/set.js
var require_set = __commonJS({
  "node_modules/yaml/dist/schema/yaml-1.1/set.js"(exports2) {
    "use strict";
    var identity2 = require_identity();
    var Pair = require_Pair();
    var YAMLMap = require_YAMLMap();
    var YAMLSet = class _YAMLSet extends YAMLMap.YAMLMap {
      constructor(schema) {
        super(schema);
        this.tag = _YAMLSet.tag;
      }
      add(key) {
        let pair;
        if (identity2.isPair(key))
          pair = key;
        else if (key && typeof key === "object" && "key" in key && "value" in key && key.value === null)
          pair = new Pair.Pair(key.key, null);
        else
          pair = new Pair.Pair(key, null);
        const prev = YAMLMap.findPair(this.items, pair.key);
        if (!prev)
          this.items.push(pair);
      }
      /**
       * If `keepPair` is `true`, returns the Pair matching `key`.
       * Otherwise, returns the value of that Pair's key.
       */
      get(key, keepPair) {
        const pair = YAMLMap.findPair(this.items, key);
        return !keepPair && identity2.isPair(pair) ? identity2.isScalar(pair.key) ? pair.key.value : pair.key : pair;
      }
      set(key, value) {
        if (typeof value !== "boolean")
          throw new Error(`Expected boolean value for set(key, value) in a YAML set, not ${typeof value}`);
        const prev = YAMLMap.findPair(this.items, key);
        if (prev && !value) {
          this.items.splice(this.items.indexOf(prev), 1);
        } else if (!prev && value) {
          this.items.push(new Pair.Pair(key));
        }
      }
      toJSON(_, ctx) {
        return super.toJSON(_, ctx, Set);
      }
      toString(ctx, onComment, onChompKeep) {
        if (!ctx)
          return JSON.stringify(this);
        if (this.hasAllNullValues(true))
          return super.toString(Object.assign({}, ctx, { allNullValues: true }), onComment, onChompKeep);
        else
          throw new Error("Set items must all have null values");
      }
      static from(schema, iterable, ctx) {
        const { replacer } = ctx;
        const set2 = new this(schema);
        if (iterable && Symbol.iterator in Object(iterable))
          for (let value of iterable) {
            if (typeof replacer === "function")
              value = replacer.call(iterable, value, value);
            set2.items.push(Pair.createPair(value, null, ctx));
          }
        return set2;
      }
    };
    YAMLSet.tag = "tag:yaml.org,2002:set";
    var set = {
      collection: "map",
      identify: (value) => value instanceof Set,
      nodeClass: YAMLSet,
      default: false,
      tag: "tag:yaml.org,2002:set",
      createNode: (schema, iterable, ctx) => YAMLSet.from(schema, iterable, ctx),
      resolve(map, onError) {
        if (identity2.isMap(map)) {
          if (map.hasAllNullValues(true))
            return Object.assign(new YAMLSet(), map);
          else
            onError("Set items must all have null values");
        } else
          onError("Expected a mapping for this tag");
        return map;
      }
    };
    exports2.YAMLSet = YAMLSet;
    exports2.set = set;
  }
});

// node_modules/yaml/dist/schema/yaml-1.1/timestamp.js
var require_timestamp = __commonJS({
  "node_modules/yaml/dist/schema/yaml-1.1/timestamp.js"(exports2) {
    "use strict";
    var stringifyNumber = require_stringifyNumber();
    function parseSexagesimal(str, asBigInt) {
      const sign = str[0];
      const parts = sign === "-" || sign === "+" ? str.substring(1) : str;
      const num = (n) => asBigInt ? BigInt(n) : Number(n);
      const res = parts.replace(/_/g, "").split(":").reduce((res2, p) => res2 * num(60) + num(p), num(0));
      return sign === "-" ? num(-1) * res : res;
    }
    function stringifySexagesimal(node) {
      let { value } = node;
      let num = (n) => n;
      if (typeof value === "bigint")
        num = (n) => BigInt(n);
      else if (isNaN(value) || !isFinite(value))
        return stringifyNumber.stringifyNumber(node);
      let sign = "";
      if (value < 0) {
        sign = "-";
        value *= num(-1);
      }
      const _60 = num(60);
      const parts = [value % _60];
      if (value < 60) {
        parts.unshift(0);
      } else {
        value = (value - parts[0]) / _60;
        parts.unshift(value % _60);
        if (value >= 60) {
          value = (value - parts[0]) / _60;
          parts.unshift(value);
        }
      }
      return sign + parts.map((n) => String(n).padStart(2, "0")).join(":").replace(/000000\d*$/, "");
    }
    var intTime = {
      identify: (value) => typeof value === "bigint" || Number.isInteger(value),
      default: true,
      tag: "tag:yaml.org,2002:int",
      format: "TIME",
      test: /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+$/,
      resolve: (str, _onError, { intAsBigInt }) => parseSexagesimal(str, intAsBigInt),
      stringify: stringifySexagesimal
    };
    var floatTime = {
      identify: (value) => typeof value === "number",
      default: true,
      tag: "tag:yaml.org,2002:float",
      format: "TIME",
      test: /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*$/,
      resolve: (str) => parseSexagesimal(str, false),
      stringify: stringifySexagesimal
    };
    var timestamp = {
      identify: (value) => value instanceof Date,
      default: true,
      tag: "tag:yaml.org,2002:timestamp",
      // If the time zone is omitted, the timestamp is assumed to be specified in UTC. The time part
      // may be omitted altogether, resulting in a date format. In such a case, the time part is
      // assumed to be 00:00:00Z (start of day, UTC).
      test: RegExp("^([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:(?:t|T|[ \\t]+)([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2}(\\.[0-9]+)?)(?:[ \\t]*(Z|[-+][012]?[0-9](?::[0-9]{2})?))?)?$"),
      resolve(str) {
        const match = str.match(timestamp.test);
        if (!match)
          throw new Error("!!timestamp expects a date, starting with yyyy-mm-dd");
        const [, year, month, day, hour, minute, second] = match.map(Number);
        const millisec = match[7] ? Number((match[7] + "00").substr(1, 3)) : 0;
        let date = Date.UTC(year, month - 1, day, hour || 0, minute || 0, second || 0, millisec);
        const tz = match[8];
        if (tz && tz !== "Z") {
          let d = parseSexagesimal(tz, false);
          if (Math.abs(d) < 30)
            d *= 60;
          date -= 6e4 * d;
        }
        return new Date(date);
      },
      stringify: ({ value }) => value?.toISOString().replace(/(T00:00:00)?\.000Z$/, "") ?? ""
    };
    exports2.floatTime = floatTime;
    exports2.intTime = intTime;
    exports2.timestamp = timestamp;
  }
});

// node_modules/yaml/dist/schema/yaml-1.1/schema.js
var require_schema3 = __commonJS({
  "node_modules/yaml/dist/schema/yaml-1.1/schema.js"(exports2) {
    "use strict";
    var map = require_map();
    var _null = require_null();
    var seq = require_seq();
    var string = require_string();
    var binary = require_binary();
    var bool = require_bool2();
    var float = require_float2();
    var int = require_int2();
    var merge2 = require_merge();
    var omap = require_omap();
    var pairs = require_pairs();
    var set = require_set();
    var timestamp = require_timestamp();
    var schema = [
      map.map,
      seq.seq,
      string.string,
      _null.nullTag,
      bool.trueTag,
      bool.falseTag,
      int.intBin,
      int.intOct,
      int.int,
      int.intHex,
      float.floatNaN,
      float.floatExp,
      float.float,
      binary.binary,
      merge2.merge,
      omap.omap,
      pairs.pairs,
      set.set,
      timestamp.intTime,
      timestamp.floatTime,
      timestamp.timestamp
    ];
    exports2.schema = schema;
  }
});

// node_modules/yaml/dist/schema/tags.js
var require_tags = __commonJS({
  "node_modules/yaml/dist/schema/tags.js"(exports2) {
    "use strict";
    var map = require_map();
    var _null = require_null();
    var seq = require_seq();
    var string = require_string();
    var bool = require_bool();
    var float = require_float();
    var int = require_int();
    var schema = require_schema();
    var schema$1 = require_schema2();
    var binary = require_binary();
    var merge2 = require_merge();
    var omap = require_omap();
    var pairs = require_pairs();
    var schema$2 = require_schema3();
    var set = require_set();
    var timestamp = require_timestamp();
    var schemas = /* @__PURE__ */ new Map([
      ["core", schema.schema],
      ["failsafe", [map.map, seq.seq, string.string]],
      ["json", schema$1.schema],
      ["yaml11", schema$2.schema],
      ["yaml-1.1", schema$2.schema]
    ]);
    var tagsByName = {
      binary: binary.binary,
      bool: bool.boolTag,
      float: float.float,
      floatExp: float.floatExp,
      floatNaN: float.floatNaN,
      floatTime: timestamp.floatTime,
      int: int.int,
      intHex: int.intHex,
      intOct: int.intOct,
      intTime: timestamp.intTime,
      map: map.map,
      merge: merge2.merge,
      null: _null.nullTag,
      omap: omap.omap,
      pairs: pairs.pairs,
      seq: seq.seq,
      set: set.set,
      timestamp: timestamp.timestamp
    };
    var coreKnownTags = {
      "tag:yaml.org,2002:binary": binary.binary,
      "tag:yaml.org,2002:merge": merge2.merge,
      "tag:yaml.org,2002:omap": omap.omap,
      "tag:yaml.org,2002:pairs": pairs.pairs,
      "tag:yaml.org,2002:set": set.set,
      "tag:yaml.org,2002:timestamp": timestamp.timestamp
    };
    function getTags(customTags, schemaName, addMergeTag) {
      const schemaTags = schemas.get(schemaName);
      if (schemaTags && !customTags) {
        return addMergeTag && !schemaTags.includes(merge2.merge) ? schemaTags.concat(merge2.merge) : schemaTags.slice();
      }
      let tags = schemaTags;
      if (!tags) {
        if (Array.isArray(customTags))
          tags = [];
        else {
          const keys = Array.from(schemas.keys()).filter((key) => key !== "yaml11").map((key) => JSON.stringify(key)).join(", ");
          throw new Error(`Unknown schema "${schemaName}"; use one of ${keys} or define customTags array`);
        }
      }
      if (Array.isArray(customTags)) {
        for (const tag of customTags)
          tags = tags.concat(tag);
      } else if (typeof customTags === "function") {
        tags = customTags(tags.slice());
      }
      if (addMergeTag)
        tags = tags.concat(merge2.merge);
      return tags.reduce((tags2, tag) => {
        const tagObj = typeof tag === "string" ? tagsByName[tag] : tag;
        if (!tagObj) {
          const tagName = JSON.stringify(tag);
          const keys = Object.keys(tagsByName).map((key) => JSON.stringify(key)).join(", ");
          throw new Error(`Unknown custom tag ${tagName}; use one of ${keys}`);
        }
        if (!tags2.includes(tagObj))
          tags2.push(tagObj);
        return tags2;
      }, []);
    }
    exports2.coreKnownTags = coreKnownTags;
    exports2.getTags = getTags;
  }
});

// node_modules/yaml/dist/schema/Schema.js
var require_Schema = __commonJS({
  "node_modules/yaml/dist/schema/Schema.js"(exports2) {
    "use strict";
    var identity2 = require_identity();
    var map = require_map();
    var seq = require_seq();
    var string = require_string();
    var tags = require_tags();
    var sortMapEntriesByKey = (a, b) => a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
    var Schema3 = class _Schema {
      constructor({ compat, customTags, merge: merge2, resolveKnownTags, schema, sortMapEntries, toStringDefaults }) {
        this.compat = Array.isArray(compat) ? tags.getTags(compat, "compat") : compat ? tags.getTags(null, compat) : null;
        this.name = typeof schema === "string" && schema || "core";
        this.knownTags = resolveKnownTags ? tags.coreKnownTags : {};
        this.tags = tags.getTags(customTags, this.name, merge2);
        this.toStringOptions = toStringDefaults ?? null;
        Object.defineProperty(this, identity2.MAP, { value: map.map });
        Object.defineProperty(this, identity2.SCALAR, { value: string.string });
        Object.defineProperty(this, identity2.SEQ, { value: seq.seq });
        this.sortMapEntries = typeof sortMapEntries === "function" ? sortMapEntries : sortMapEntries === true ? sortMapEntriesByKey : null;
      }
      clone() {
        const copy = Object.create(_Schema.prototype, Object.getOwnPropertyDescriptors(this));
        copy.tags = this.tags.slice();
        return copy;
      }
    };
    exports2.Schema = Schema3;
  }
});

// node_modules/yaml/dist/stringify/stringifyDocument.js
var require_stringifyDocument = __commonJS({
  "node_modules/yaml/dist/stringify/stringifyDocument.js"(exports2) {
    "use strict";
    var identity2 = require_identity();
    var stringify = require_stringify();
    var stringifyComment = require_stringifyComment();
    function stringifyDocument(doc, options) {
      const lines3 = [];
      let hasDirectives = options.directives === true;
      if (options.directives !== false && doc.directives) {
        const dir = doc.directives.toString(doc);
        if (dir) {
          lines3.push(dir);
          hasDirectives = true;
        } else if (doc.directives.docStart)
          hasDirectives = true;
      }
      if (hasDirectives)
        lines3.push("---");
      const ctx = stringify.createStringifyContext(doc, options);
      const { commentString } = ctx.options;
      if (doc.commentBefore) {
        if (lines3.length !== 1)
          lines3.unshift("");
        const cs = commentString(doc.commentBefore);
        lines3.unshift(stringifyComment.indentComment(cs, ""));
      }
      let chompKeep = false;
      let contentComment = null;
      if (doc.contents) {
        if (identity2.isNode(doc.contents)) {
          if (doc.contents.spaceBefore && hasDirectives)
            lines3.push("");
          if (doc.contents.commentBefore) {
            const cs = commentString(doc.contents.commentBefore);
            lines3.push(stringifyComment.indentComment(cs, ""));
          }
          ctx.forceBlockIndent = !!doc.comment;
          contentComment = doc.contents.comment;
        }
        const onChompKeep = contentComment ? void 0 : () => chompKeep = true;
        let body = stringify.stringify(doc.contents, ctx, () => contentComment = null, onChompKeep);
        if (contentComment)
          body += stringifyComment.lineComment(body, "", commentString(contentComment));
        if ((body[0] === "|" || body[0] === ">") && lines3[lines3.length - 1] === "---") {
          lines3[lines3.length - 1] = `--- ${body}`;
        } else
          lines3.push(body);
      } else {
        lines3.push(stringify.stringify(doc.contents, ctx));
      }
      if (doc.directives?.docEnd) {
        if (doc.comment) {
          const cs = commentString(doc.comment);
          if (cs.includes("\n")) {
            lines3.push("...");
            lines3.push(stringifyComment.indentComment(cs, ""));
          } else {
            lines3.push(`... ${cs}`);
          }
        } else {
          lines3.push("...");
        }
      } else {
        let dc = doc.comment;
        if (dc && chompKeep)
          dc = dc.replace(/^\n+/, "");
        if (dc) {
          if ((!chompKeep || contentComment) && lines3[lines3.length - 1] !== "")
            lines3.push("");
          lines3.push(stringifyComment.indentComment(commentString(dc), ""));
        }
      }
      return lines3.join("\n") + "\n";
    }
    exports2.stringifyDocument = stringifyDocument;
  }
});

// node_modules/yaml/dist/doc/Document.js
var require_Document = __commonJS({
  "node_modules/yaml/dist/doc/Document.js"(exports2) {
    "use strict";
    var Alias = require_Alias();
    var Collection = require_Collection();
    var identity2 = require_identity();
    var Pair = require_Pair();
    var toJS = require_toJS();
    var Schema3 = require_Schema();
    var stringifyDocument = require_stringifyDocument();
    var anchors = require_anchors();
    var applyReviver = require_applyReviver();
    var createNode = require_createNode();
    var directives = require_directives();
    var Document2 = class _Document {
      constructor(value, replacer, options) {
        this.commentBefore = null;
        this.comment = null;
        this.errors = [];
        this.warnings = [];
        Object.defineProperty(this, identity2.NODE_TYPE, { value: identity2.DOC });
        let _replacer = null;
        if (typeof replacer === "function" || Array.isArray(replacer)) {
          _replacer = replacer;
        } else if (options === void 0 && replacer) {
          options = replacer;
          replacer = void 0;
        }
        const opt = Object.assign({
          intAsBigInt: false,
          keepSourceTokens: false,
          logLevel: "warn",
          prettyErrors: true,
          strict: true,
          stringKeys: false,
          uniqueKeys: true,
          version: "1.2"
        }, options);
        this.options = opt;
        let { version } = opt;
        if (options?._directives) {
          this.directives = options._directives.atDocument();
          if (this.directives.yaml.explicit)
            version = this.directives.yaml.version;
        } else
          this.directives = new directives.Directives({ version });
        this.setSchema(version, options);
        this.contents = value === void 0 ? null : this.createNode(value, _replacer, options);
      }
      /**
       * Create a deep copy of this Document and its contents.
       *
       * Custom Node values that inherit from `Object` still refer to their original instances.
       */
      clone() {
        const copy = Object.create(_Document.prototype, {
          [identity2.NODE_TYPE]: { value: identity2.DOC }
        });
        copy.commentBefore = this.commentBefore;
        copy.comment = this.comment;
        copy.errors = this.errors.slice();
        copy.warnings = this.warnings.slice();
        copy.options = Object.assign({}, this.options);
        if (this.directives)
          copy.directives = this.directives.clone();
        copy.schema = this.schema.clone();
        copy.contents = identity2.isNode(this.contents) ? this.contents.clone(copy.schema) : this.contents;
        if (this.range)
          copy.range = this.range.slice();
        return copy;
      }
      /** Adds a value to the document. */
      add(value) {
        if (assertCollection(this.contents))
          this.contents.add(value);
      }
      /** Adds a value to the document. */
      addIn(path5, value) {
        if (assertCollection(this.contents))
          this.contents.addIn(path5, value);
      }
      /**
       * Create a new `Alias` node, ensuring that the target `node` has the required anchor.
       *
       * If `node` already has an anchor, `name` is ignored.
       * Otherwise, the `node.anchor` value will be set to `name`,
       * or if an anchor with that name is already present in the document,
       * `name` will be used as a prefix for a new unique anchor.
       * If `name` is undefined, the generated anchor will use 'a' as a prefix.
       */
      createAlias(node, name) {
        if (!node.anchor) {
          const prev = anchors.anchorNames(this);
          node.anchor = // eslint-disable-next-line @typescript-eslint/prefer-nullish-coalescing
          !name || prev.has(name) ? anchors.findNewAnchor(name || "a", prev) : name;
        }
        return new Alias.Alias(node.anchor);
      }
      createNode(value, replacer, options) {
        let _replacer = void 0;
        if (typeof replacer === "function") {
          value = replacer.call({ "": value }, "", value);
          _replacer = replacer;
        } else if (Array.isArray(replacer)) {
          const keyToStr = (v) => typeof v === "number" || v instanceof String || v instanceof Number;
          const asStr = replacer.filter(keyToStr).map(String);
          if (asStr.length > 0)
            replacer = replacer.concat(asStr);
          _replacer = replacer;
        } else if (options === void 0 && replacer) {
          options = replacer;
          replacer = void 0;
        }
        const { aliasDuplicateObjects, anchorPrefix, flow, keepUndefined, onTagObj, tag } = options ?? {};
        const { onAnchor, setAnchors, sourceObjects } = anchors.createNodeAnchors(
          this,
          // eslint-disable-next-line @typescript-eslint/prefer-nullish-coalescing
          anchorPrefix || "a"
        );
        const ctx = {
          aliasDuplicateObjects: aliasDuplicateObjects ?? true,
          keepUndefined: keepUndefined ?? false,
          onAnchor,
          onTagObj,
          replacer: _replacer,
          schema: this.schema,
          sourceObjects
        };
        const node = createNode.createNode(value, tag, ctx);
        if (flow && identity2.isCollection(node))
          node.flow = true;
        setAnchors();
        return node;
      }
      /**
       * Convert a key and a value into a `Pair` using the current schema,
       * recursively wrapping all values as `Scalar` or `Collection` nodes.
       */
      createPair(key, value, options = {}) {
        const k = this.createNode(key, null, options);
        const v = this.createNode(value, null, options);
        return new Pair.Pair(k, v);
      }
      /**
       * Removes a value from the document.
       * @returns `true` if the item was found and removed.
       */
      delete(key) {
        return assertCollection(this.contents) ? this.contents.delete(key) : false;
      }
      /**
       * Removes a value from the document.
       * @returns `true` if the item was found and removed.
       */
      deleteIn(path5) {
        if (Collection.isEmptyPath(path5)) {
          if (this.contents == null)
            return false;
          this.contents = null;
          return true;
        }
        return assertCollection(this.contents) ? this.contents.deleteIn(path5) : false;
      }
      /**
       * Returns item at `key`, or `undefined` if not found. By default unwraps
       * scalar values from their surrounding node; to disable set `keepScalar` to
       * `true` (collections are always returned intact).
       */
      get(key, keepScalar) {
        return identity2.isCollection(this.contents) ? this.contents.get(key, keepScalar) : void 0;
      }
      /**
       * Returns item at `path`, or `undefined` if not found. By default unwraps
       * scalar values from their surrounding node; to disable set `keepScalar` to
       * `true` (collections are always returned intact).
       */
      getIn(path5, keepScalar) {
        if (Collection.isEmptyPath(path5))
          return !keepScalar && identity2.isScalar(this.contents) ? this.contents.value : this.contents;
        return identity2.isCollection(this.contents) ? this.contents.getIn(path5, keepScalar) : void 0;
      }
      /**
       * Checks if the document includes a value with the key `key`.
       */
      has(key) {
        return identity2.isCollection(this.contents) ? this.contents.has(key) : false;
      }
      /**
       * Checks if the document includes a value at `path`.
       */
      hasIn(path5) {
        if (Collection.isEmptyPath(path5))
          return this.contents !== void 0;
        return identity2.isCollection(this.contents) ? this.contents.hasIn(path5) : false;
      }
      /**
       * Sets a value in this document. For `!!set`, `value` needs to be a
       * boolean to add/remove the item from the set.
       */
      set(key, value) {
        if (this.contents == null) {
          this.contents = Collection.collectionFromPath(this.schema, [key], value);
        } else if (assertCollection(this.contents)) {
          this.contents.set(key, value);
        }
      }
      /**
       * Sets a value in this document. For `!!set`, `value` needs to be a
       * boolean to add/remove the item from the set.
       */
      setIn(path5, value) {
        if (Collection.isEmptyPath(path5)) {
          this.contents = value;
        } else if (this.contents == null) {
          this.contents = Collection.collectionFromPath(this.schema, Array.from(path5), value);
        } else if (assertCollection(this.contents)) {
          this.contents.setIn(path5, value);
        }
      }
      /**
       * Change the YAML version and schema used by the document.
       * A `null` version disables support for directives, explicit tags, anchors, and aliases.
       * It also requires the `schema` option to be given as a `Schema` instance value.
       *
       * Overrides all previously set schema options.
       */
      setSchema(version, options = {}) {
        if (typeof version === "number")
          version = String(version);
        let opt;
        switch (version) {
          case "1.1":
            if (this.directives)
              this.directives.yaml.version = "1.1";
            else
              this.directives = new directives.Directives({ version: "1.1" });
            opt = { resolveKnownTags: false, schema: "yaml-1.1" };
            break;
          case "1.2":
          case "next":
            if (this.directives)
              this.directives.yaml.version = version;
            else
              this.directives = new directives.Directives({ version });
            opt = { resolveKnownTags: true, schema: "core" };
            break;
          case null:
            if (this.directives)
              delete this.directives;
            opt = null;
            break;
          default: {
            const sv = JSON.stringify(version);
            throw new Error(`Expected '1.1', '1.2' or null as first argument, but found: ${sv}`);
          }
        }
        if (options.schema instanceof Object)
          this.schema = options.schema;
        else if (opt)
          this.schema = new Schema3.Schema(Object.assign(opt, options));
        else
          throw new Error(`With a null YAML version, the { schema: Schema } option is required`);
      }
      // json & jsonArg are only used from toJSON()
      toJS({ json, jsonArg, mapAsMap, maxAliasCount, onAnchor, reviver } = {}) {
        const ctx = {
          anchors: /* @__PURE__ */ new Map(),
          doc: this,
          keep: !json,
          mapAsMap: mapAsMap === true,
          mapKeyWarned: false,
          maxAliasCount: typeof maxAliasCount === "number" ? maxAliasCount : 100
        };
        const res = toJS.toJS(this.contents, jsonArg ?? "", ctx);
        if (typeof onAnchor === "function")
          for (const { count, res: res2 } of ctx.anchors.values())
            onAnchor(res2, count);
        return typeof reviver === "function" ? applyReviver.applyReviver(reviver, { "": res }, "", res) : res;
      }
      /**
       * A JSON representation of the document `contents`.
       *
       * @param jsonArg Used by `JSON.stringify` to indicate the array index or
       *   property name.
       */
      toJSON(jsonArg, onAnchor) {
        return this.toJS({ json: true, jsonArg, mapAsMap: false, onAnchor });
      }
      /** A YAML representation of the document. */
      toString(options = {}) {
        if (this.errors.length > 0)
          throw new Error("Document with errors cannot be stringified");
        if ("indent" in options && (!Number.isInteger(options.indent) || Number(options.indent) <= 0)) {
          const s = JSON.stringify(options.indent);
          throw new Error(`"indent" option must be a positive integer, not ${s}`);
        }
        return stringifyDocument.stringifyDocument(this, options);
      }
    };
    function assertCollection(contents) {
      if (identity2.isCollection(contents))
        return true;
      throw new Error("Expected a YAML collection as document contents");
    }
    exports2.Document = Document2;
  }
});

// node_modules/yaml/dist/errors.js
var require_errors = __commonJS({
  "node_modules/yaml/dist/errors.js"(exports2) {
    "use strict";
    var YAMLError = class extends Error {
      constructor(name, pos, code2, message) {
        super();
        this.name = name;
        this.code = code2;
        this.message = message;
        this.pos = pos;
      }
    };
    var YAMLParseError = class extends YAMLError {
      constructor(pos, code2, message) {
        super("YAMLParseError", pos, code2, message);
      }
    };
    var YAMLWarning = class extends YAMLError {
      constructor(pos, code2, message) {
        super("YAMLWarning", pos, code2, message);
      }
    };
    var prettifyError = (src, lc) => (error2) => {
      if (error2.pos[0] === -1)
        return;
      error2.linePos = error2.pos.map((pos) => lc.linePos(pos));
      const { line: line3, col } = error2.linePos[0];
      error2.message += ` at line ${line3}, column ${col}`;
      let ci = col - 1;
      let lineStr = src.substring(lc.lineStarts[line3 - 1], lc.lineStarts[line3]).replace(/[\n\r]+$/, "");
      if (ci >= 60 && lineStr.length > 80) {
        const trimStart = Math.min(ci - 39, lineStr.length - 79);
        lineStr = "\u2026" + lineStr.substring(trimStart);
        ci -= trimStart - 1;
      }
      if (lineStr.length > 80)
        lineStr = lineStr.substring(0, 79) + "\u2026";
      if (line3 > 1 && /^ *$/.test(lineStr.substring(0, ci))) {
        let prev = src.substring(lc.lineStarts[line3 - 2], lc.lineStarts[line3 - 1]);
        if (prev.length > 80)
          prev = prev.substring(0, 79) + "\u2026\n";
        lineStr = prev + lineStr;
      }
      if (/[^ ]/.test(lineStr)) {
        let count = 1;
        const end = error2.linePos[1];
        if (end?.line === line3 && end.col > col) {
          count = Math.max(1, Math.min(end.col - col, 80 - ci));
        }
        const pointer = " ".repeat(ci) + "^".repeat(count);
        error2.message += `:

${lineStr}
${pointer}
`;
      }
    };
    exports2.YAMLError = YAMLError;
    exports2.YAMLParseError = YAMLParseError;
    exports2.YAMLWarning = YAMLWarning;
    exports2.prettifyError = prettifyError;
  }
});

// node_modules/yaml/dist/compose/resolve-props.js
var require_resolve_props = __commonJS({
  "node_modules/yaml/dist/compose/resolve-props.js"(exports2) {
    "use strict";
    function resolveProps(tokens, { flow, indicator, next, offset, onError, parentIndent, startOnNewline }) {
      let spaceBefore = false;
      let atNewline = startOnNewline;
      let hasSpace = startOnNewline;
      let comment = "";
      let commentSep = "";
      let hasNewline = false;
      let reqSpace = false;
      let tab = null;
      let anchor = null;
      let tag = null;
      let newlineAfterProp = null;
      let comma = null;
      let found = null;
      let start = null;
      for (const token of tokens) {
        if (reqSpace) {
          if (token.type !== "space" && token.type !== "newline" && token.type !== "comma")
            onError(token.offset, "MISSING_CHAR", "Tags and anchors must be separated from the next token by white space");
          reqSpace = false;
        }
        if (tab) {
          if (atNewline && token.type !== "comment" && token.type !== "newline") {
            onError(tab, "TAB_AS_INDENT", "Tabs are not allowed as indentation");
          }
          tab = null;
        }
        switch (token.type) {
          case "space":
            if (!flow && (indicator !== "doc-start" || next?.type !== "flow-collection") && token.source.includes("	")) {
              tab = token;
            }
            hasSpace = true;
            break;
          case "comment": {
            if (!hasSpace)
              onError(token, "MISSING_CHAR", "Comments must be separated from other tokens by white space characters");
            const cb = token.source.substring(1) || " ";
            if (!comment)
              comment = cb;
            else
              comment += commentSep + cb;
            commentSep = "";
            atNewline = false;
            break;
          }
          case "newline":
            if (atNewline) {
              if (comment)
                comment += token.source;
              else if (!found || indicator !== "seq-item-ind")
                spaceBefore = true;
            } else
              commentSep += token.source;
            atNewline = true;
            hasNewline = true;
            if (anchor || tag)
              newlineAfterProp = token;
            hasSpace = true;
            break;
          case "anchor":
            if (anchor)
              onError(token, "MULTIPLE_ANCHORS", "A node can have at most one anchor");
            if (token.source.endsWith(":"))
              onError(token.offset + token.source.length - 1, "BAD_ALIAS", "Anchor ending in : is ambiguous", true);
            anchor = token;
            start ?? (start = token.offset);
            atNewline = false;
            hasSpace = false;
            reqSpace = true;
            break;
          case "tag": {
            if (tag)
              onError(token, "MULTIPLE_TAGS", "A node can have at most one tag");
            tag = token;
            start ?? (start = token.offset);
            atNewline = false;
            hasSpace = false;
            reqSpace = true;
            break;
          }
          case indicator:
            if (anchor || tag)
              onError(token, "BAD_PROP_ORDER", `Anchors and tags must be after the ${token.source} indicator`);
            if (found)
              onError(token, "UNEXPECTED_TOKEN", `Unexpected ${token.source} in ${flow ?? "collection"}`);
            found = token;
            atNewline = indicator === "seq-item-ind" || indicator === "explicit-key-ind";
            hasSpace = false;
            break;
          case "comma":
            if (flow) {
              if (comma)
                onError(token, "UNEXPECTED_TOKEN", `Unexpected , in ${flow}`);
              comma = token;
              atNewline = false;
              hasSpace = false;
              break;
            }
          // else fallthrough
          default:
            onError(token, "UNEXPECTED_TOKEN", `Unexpected ${token.type} token`);
            atNewline = false;
            hasSpace = false;
        }
      }
      const last = tokens[tokens.length - 1];
      const end = last ? last.offset + last.source.length : offset;
      if (reqSpace && next && next.type !== "space" && next.type !== "newline" && next.type !== "comma" && (next.type !== "scalar" || next.source !== "")) {
        onError(next.offset, "MISSING_CHAR", "Tags and anchors must be separated from the next token by white space");
      }
      if (tab && (atNewline && tab.indent <= parentIndent || next?.type === "block-map" || next?.type === "block-seq"))
        onError(tab, "TAB_AS_INDENT", "Tabs are not allowed as indentation");
      return {
        comma,
        found,
        spaceBefore,
        comment,
        hasNewline,
        anchor,
        tag,
        newlineAfterProp,
        end,
        start: start ?? end
      };
    }
    exports2.resolveProps = resolveProps;
  }
});

// node_modules/yaml/dist/compose/util-contains-newline.js
var require_util_contains_newline = __commonJS({
  "node_modules/yaml/dist/compose/util-contains-newline.js"(exports2) {
    "use strict";
    function containsNewline(key) {
      if (!key)
        return null;
      switch (key.type) {
        case "alias":
        case "scalar":
        case "double-quoted-scalar":
        case "single-quoted-scalar":
          if (key.source.includes("\n"))
            return true;
          if (key.end) {
            for (const st of key.end)
              if (st.type === "newline")
                return true;
          }
          return false;
        case "flow-collection":
          for (const it of key.items) {
            for (const st of it.start)
              if (st.type === "newline")
                return true;
            if (it.sep) {
              for (const st of it.sep)
                if (st.type === "newline")
                  return true;
            }
            if (containsNewline(it.key) || containsNewline(it.value))
              return true;
          }
          return false;
        default:
          return true;
      }
    }
    exports2.containsNewline = containsNewline;
  }
});

// node_modules/yaml/dist/compose/util-flow-indent-check.js
var require_util_flow_indent_check = __commonJS({
  "node_modules/yaml/dist/compose/util-flow-indent-check.js"(exports2) {
    "use strict";
    var utilContainsNewline = require_util_contains_newline();
    function flowIndentCheck(indent, fc, onError) {
      if (fc?.type === "flow-collection") {
        const end = fc.end[0];
        if (end.indent === indent && (end.source === "]" || end.source === "}") && utilContainsNewline.containsNewline(fc)) {
          const msg = "Flow end indicator should be more indented than parent";
          onError(end, "BAD_INDENT", msg, true);
        }
      }
    }
    exports2.flowIndentCheck = flowIndentCheck;
  }
});

// node_modules/yaml/dist/compose/util-map-includes.js
var require_util_map_includes = __commonJS({
  "node_modules/yaml/dist/compose/util-map-includes.js"(exports2) {
    "use strict";
    var identity2 = require_identity();
    function mapIncludes(ctx, items2, search) {
      const { uniqueKeys } = ctx.options;
      if (uniqueKeys === false)
        return false;
      const isEqual = typeof uniqueKeys === "function" ? uniqueKeys : (a, b) => a === b || identity2.isScalar(a) && identity2.isScalar(b) && a.value === b.value;
      return items2.some((pair) => isEqual(pair.key, search));
    }
    exports2.mapIncludes = mapIncludes;
  }
});

// node_modules/yaml/dist/compose/resolve-block-map.js
var require_resolve_block_map = __commonJS({
  "node_modules/yaml/dist/compose/resolve-block-map.js"(exports2) {
    "use strict";
    var Pair = require_Pair();
    var YAMLMap = require_YAMLMap();
    var resolveProps = require_resolve_props();
    var utilContainsNewline = require_util_contains_newline();
    var utilFlowIndentCheck = require_util_flow_indent_check();
    var utilMapIncludes = require_util_map_includes();
    var startColMsg = "All mapping items must start at the same column";
    function resolveBlockMap({ composeNode, composeEmptyNode }, ctx, bm, onError, tag) {
      const NodeClass = tag?.nodeClass ?? YAMLMap.YAMLMap;
      const map = new NodeClass(ctx.schema);
      if (ctx.atRoot)
        ctx.atRoot = false;
      let offset = bm.offset;
      let commentEnd = null;
      for (const collItem of bm.items) {
        const { start, key, sep: sep2, value } = collItem;
        const keyProps = resolveProps.resolveProps(start, {
          indicator: "explicit-key-ind",
          next: key ?? sep2?.[0],
          offset,
          onError,
          parentIndent: bm.indent,
          startOnNewline: true
        });
        const implicitKey = !keyProps.found;
        if (implicitKey) {
          if (key) {
            if (key.type === "block-seq")
              onError(offset, "BLOCK_AS_IMPLICIT_KEY", "A block sequence may not be used as an implicit map key");
            else if ("indent" in key && key.indent !== bm.indent)
              onError(offset, "BAD_INDENT", startColMsg);
          }
          if (!keyProps.anchor && !keyProps.tag && !sep2) {
            commentEnd = keyProps.end;
            if (keyProps.comment) {
              if (map.comment)
                map.comment += "\n" + keyProps.comment;
              else
                map.comment = keyProps.comment;
            }
            continue;
          }
          if (keyProps.newlineAfterProp || utilContainsNewline.containsNewline(key)) {
            onError(key ?? start[start.length - 1], "MULTILINE_IMPLICIT_KEY", "Implicit keys need to be on a single line");
          }
        } else if (keyProps.found?.indent !== bm.indent) {
          onError(offset, "BAD_INDENT", startColMsg);
        }
        ctx.atKey = true;
        const keyStart = keyProps.end;
        const keyNode = key ? composeNode(ctx, key, keyProps, onError) : composeEmptyNode(ctx, keyStart, start, null, keyProps, onError);
        if (ctx.schema.compat)
          utilFlowIndentCheck.flowIndentCheck(bm.indent, key, onError);
        ctx.atKey = false;
        if (utilMapIncludes.mapIncludes(ctx, map.items, keyNode))
          onError(keyStart, "DUPLICATE_KEY", "Map keys must be unique");
        const valueProps = resolveProps.resolveProps(sep2 ?? [], {
          indicator: "map-value-ind",
          next: value,
          offset: keyNode.range[2],
          onError,
          parentIndent: bm.indent,
          startOnNewline: !key || key.type === "block-scalar"
        });
        offset = valueProps.end;
        if (valueProps.found) {
          if (implicitKey) {
            if (value?.type === "block-map" && !valueProps.hasNewline)
              onError(offset, "BLOCK_AS_IMPLICIT_KEY", "Nested mappings are not allowed in compact mappings");
            if (ctx.options.strict && keyProps.start < valueProps.found.offset - 1024)
              onError(keyNode.range, "KEY_OVER_1024_CHARS", "The : indicator must be at most 1024 chars after the start of an implicit block mapping key");
          }
          const valueNode = value ? composeNode(ctx, value, valueProps, onError) : composeEmptyNode(ctx, offset, sep2, null, valueProps, onError);
          if (ctx.schema.compat)
            utilFlowIndentCheck.flowIndentCheck(bm.indent, value, onError);
          offset = valueNode.range[2];
          const pair = new Pair.Pair(keyNode, valueNode);
          if (ctx.options.keepSourceTokens)
            pair.srcToken = collItem;
          map.items.push(pair);
        } else {
          if (implicitKey)
            onError(keyNode.range, "MISSING_CHAR", "Implicit map keys need to be followed by map values");
          if (valueProps.comment) {
            if (keyNode.comment)
              keyNode.comment += "\n" + valueProps.comment;
            else
              keyNode.comment = valueProps.comment;
          }
          const pair = new Pair.Pair(keyNode);
          if (ctx.options.keepSourceTokens)
            pair.srcToken = collItem;
          map.items.push(pair);
        }
      }
      if (commentEnd && commentEnd < offset)
        onError(commentEnd, "IMPOSSIBLE", "Map comment with trailing content");
      map.range = [bm.offset, offset, commentEnd ?? offset];
      return map;
    }
    exports2.resolveBlockMap = resolveBlockMap;
  }
});

// node_modules/yaml/dist/compose/resolve-block-seq.js
var require_resolve_block_seq = __commonJS({
  "node_modules/yaml/dist/compose/resolve-block-seq.js"(exports2) {
    "use strict";
    var YAMLSeq = require_YAMLSeq();
    var resolveProps = require_resolve_props();
    var utilFlowIndentCheck = require_util_flow_indent_check();
    function resolveBlockSeq({ composeNode, composeEmptyNode }, ctx, bs, onError, tag) {
      const NodeClass = tag?.nodeClass ?? YAMLSeq.YAMLSeq;
      const seq = new NodeClass(ctx.schema);
      if (ctx.atRoot)
        ctx.atRoot = false;
      if (ctx.atKey)
        ctx.atKey = false;
      let offset = bs.offset;
      let commentEnd = null;
      for (const { start, value } of bs.items) {
        const props = resolveProps.resolveProps(start, {
          indicator: "seq-item-ind",
          next: value,
          offset,
          onError,
          parentIndent: bs.indent,
          startOnNewline: true
        });
        if (!props.found) {
          if (props.anchor || props.tag || value) {
            if (value?.type === "block-seq")
              onError(props.end, "BAD_INDENT", "All sequence items must start at the same column");
            else
              onError(offset, "MISSING_CHAR", "Sequence item without - indicator");
          } else {
            commentEnd = props.end;
            if (props.comment)
              seq.comment = props.comment;
            continue;
          }
        }
        const node = value ? composeNode(ctx, value, props, onError) : composeEmptyNode(ctx, props.end, start, null, props, onError);
        if (ctx.schema.compat)
          utilFlowIndentCheck.flowIndentCheck(bs.indent, value, onError);
        offset = node.range[2];
        seq.items.push(node);
      }
      seq.range = [bs.offset, offset, commentEnd ?? offset];
      return seq;
    }
    exports2.resolveBlockSeq = resolveBlockSeq;
  }
});

// node_modules/yaml/dist/compose/resolve-end.js
var require_resolve_end = __commonJS({
  "node_modules/yaml/dist/compose/resolve-end.js"(exports2) {
    "use strict";
    function resolveEnd(end, offset, reqSpace, onError) {
      let comment = "";
      if (end) {
        let hasSpace = false;
        let sep2 = "";
        for (const token of end) {
          const { source, type } = token;
          switch (type) {
            case "space":
              hasSpace = true;
              break;
            case "comment": {
              if (reqSpace && !hasSpace)
                onError(token, "MISSING_CHAR", "Comments must be separated from other tokens by white space characters");
              const cb = source.substring(1) || " ";
              if (!comment)
                comment = cb;
              else
                comment += sep2 + cb;
              sep2 = "";
              break;
            }
            case "newline":
              if (comment)
                sep2 += source;
              hasSpace = true;
              break;
            default:
              onError(token, "UNEXPECTED_TOKEN", `Unexpected ${type} at node end`);
          }
          offset += source.length;
        }
      }
      return { comment, offset };
    }
    exports2.resolveEnd = resolveEnd;
  }
});

// node_modules/yaml/dist/compose/resolve-flow-collection.js
var require_resolve_flow_collection = __commonJS({
  "node_modules/yaml/dist/compose/resolve-flow-collection.js"(exports2) {
    "use strict";
    var identity2 = require_identity();
    var Pair = require_Pair();
    var YAMLMap = require_YAMLMap();
    var YAMLSeq = require_YAMLSeq();
    var resolveEnd = require_resolve_end();
    var resolveProps = require_resolve_props();
    var utilContainsNewline = require_util_contains_newline();
    var utilMapIncludes = require_util_map_includes();
    var blockMsg = "Block collections are not allowed within flow collections";
    var isBlock2 = (token) => token && (token.type === "block-map" || token.type === "block-seq");
    function resolveFlowCollection({ composeNode, composeEmptyNode }, ctx, fc, onError, tag) {
      const isMap3 = fc.start.source === "{";
      const fcName = isMap3 ? "flow map" : "flow sequence";
      const NodeClass = tag?.nodeClass ?? (isMap3 ? YAMLMap.YAMLMap : YAMLSeq.YAMLSeq);
      const coll = new NodeClass(ctx.schema);
      coll.flow = true;
      const atRoot = ctx.atRoot;
      if (atRoot)
        ctx.atRoot = false;
      if (ctx.atKey)
        ctx.atKey = false;
      let offset = fc.offset + fc.start.source.length;
      for (let i = 0; i < fc.items.length; ++i) {
        const collItem = fc.items[i];
        const { start, key, sep: sep2, value } = collItem;
        const props = resolveProps.resolveProps(start, {
          flow: fcName,
          indicator: "explicit-key-ind",
          next: key ?? sep2?.[0],
          offset,
          onError,
          parentIndent: fc.indent,
          startOnNewline: false
        });
        if (!props.found) {
          if (!props.anchor && !props.tag && !sep2 && !value) {
            if (i === 0 && props.comma)
              onError(props.comma, "UNEXPECTED_TOKEN", `Unexpected , in ${fcName}`);
            else if (i < fc.items.length - 1)
              onError(props.start, "UNEXPECTED_TOKEN", `Unexpected empty item in ${fcName}`);
            if (props.comment) {
              if (coll.comment)
                coll.comment += "\n" + props.comment;
              else
                coll.comment = props.comment;
            }
            offset = props.end;
            continue;
          }
          if (!isMap3 && ctx.options.strict && utilContainsNewline.containsNewline(key))
            onError(
              key,
              // checked by containsNewline()
              "MULTILINE_IMPLICIT_KEY",
              "Implicit keys of flow sequence pairs need to be on a single line"
            );
        }
        if (i === 0) {
          if (props.comma)
            onError(props.comma, "UNEXPECTED_TOKEN", `Unexpected , in ${fcName}`);
        } else {
          if (!props.comma)
            onError(props.start, "MISSING_CHAR", `Missing , between ${fcName} items`);
          if (props.comment) {
            let prevItemComment = "";
            loop: for (const st of start) {
              switch (st.type) {
                case "comma":
                case "space":
                  break;
                case "comment":
                  prevItemComment = st.source.substring(1);
                  break loop;
                default:
                  break loop;
              }
            }
            if (prevItemComment) {
              let prev = coll.items[coll.items.length - 1];
              if (identity2.isPair(prev))
                prev = prev.value ?? prev.key;
              if (prev.comment)
                prev.comment += "\n" + prevItemComment;
              else
                prev.comment = prevItemComment;
              props.comment = props.comment.substring(prevItemComment.length + 1);
            }
          }
        }
        if (!isMap3 && !sep2 && !props.found) {
          const valueNode = value ? composeNode(ctx, value, props, onError) : composeEmptyNode(ctx, props.end, sep2, null, props, onError);
          coll.items.push(valueNode);
          offset = valueNode.range[2];
          if (isBlock2(value))
            onError(valueNode.range, "BLOCK_IN_FLOW", blockMsg);
        } else {
          ctx.atKey = true;
          const keyStart = props.end;
          const keyNode = key ? composeNode(ctx, key, props, onError) : composeEmptyNode(ctx, keyStart, start, null, props, onError);
          if (isBlock2(key))
            onError(keyNode.range, "BLOCK_IN_FLOW", blockMsg);
          ctx.atKey = false;
          const valueProps = resolveProps.resolveProps(sep2 ?? [], {
            flow: fcName,
            indicator: "map-value-ind",
            next: value,
            offset: keyNode.range[2],
            onError,
            parentIndent: fc.indent,
            startOnNewline: false
          });
          if (valueProps.found) {
            if (!isMap3 && !props.found && ctx.options.strict) {
              if (sep2)
                for (const st of sep2) {
                  if (st === valueProps.found)
                    break;
                  if (st.type === "newline") {
                    onError(st, "MULTILINE_IMPLICIT_KEY", "Implicit keys of flow sequence pairs need to be on a single line");
                    break;
                  }
                }
              if (props.start < valueProps.found.offset - 1024)
                onError(valueProps.found, "KEY_OVER_1024_CHARS", "The : indicator must be at most 1024 chars after the start of an implicit flow sequence key");
            }
          } else if (value) {
            if ("source" in value && value.source?.[0] === ":")
              onError(value, "MISSING_CHAR", `Missing space after : in ${fcName}`);
            else
              onError(valueProps.start, "MISSING_CHAR", `Missing , or : between ${fcName} items`);
          }
          const valueNode = value ? composeNode(ctx, value, valueProps, onError) : valueProps.found ? composeEmptyNode(ctx, valueProps.end, sep2, null, valueProps, onError) : null;
          if (valueNode) {
            if (isBlock2(value))
              onError(valueNode.range, "BLOCK_IN_FLOW", blockMsg);
          } else if (valueProps.comment) {
            if (keyNode.comment)
              keyNode.comment += "\n" + valueProps.comment;
            else
              keyNode.comment = valueProps.comment;
          }
          const pair = new Pair.Pair(keyNode, valueNode);
          if (ctx.options.keepSourceTokens)
            pair.srcToken = collItem;
          if (isMap3) {
            const map = coll;
            if (utilMapIncludes.mapIncludes(ctx, map.items, keyNode))
              onError(keyStart, "DUPLICATE_KEY", "Map keys must be unique");
            map.items.push(pair);
          } else {
            const map = new YAMLMap.YAMLMap(ctx.schema);
            map.flow = true;
            map.items.push(pair);
            const endRange = (valueNode ?? keyNode).range;
            map.range = [keyNode.range[0], endRange[1], endRange[2]];
            coll.items.push(map);
          }
          offset = valueNode ? valueNode.range[2] : valueProps.end;
        }
      }
      const expectedEnd = isMap3 ? "}" : "]";
      const [ce, ...ee] = fc.end;
      let cePos = offset;
      if (ce?.source === expectedEnd)
        cePos = ce.offset + ce.source.length;
      else {
        const name = fcName[0].toUpperCase() + fcName.substring(1);
        const msg = atRoot ? `${name} must end with a ${expectedEnd}` : `${name} in block collection must be sufficiently indented and end with a ${expectedEnd}`;
        onError(offset, atRoot ? "MISSING_CHAR" : "BAD_INDENT", msg);
        if (ce && ce.source.length !== 1)
          ee.unshift(ce);
      }
      if (ee.length > 0) {
        const end = resolveEnd.resolveEnd(ee, cePos, ctx.options.strict, onError);
        if (end.comment) {
          if (coll.comment)
            coll.comment += "\n" + end.comment;
          else
            coll.comment = end.comment;
        }
        coll.range = [fc.offset, cePos, end.offset];
      } else {
        coll.range = [fc.offset, cePos, cePos];
      }
      return coll;
    }
    exports2.resolveFlowCollection = resolveFlowCollection;
  }
});

// node_modules/yaml/dist/compose/compose-collection.js
var require_compose_collection = __commonJS({
  "node_modules/yaml/dist/compose/compose-collection.js"(exports2) {
    "use strict";
    var identity2 = require_identity();
    var Scalar = require_Scalar();
    var YAMLMap = require_YAMLMap();
    var YAMLSeq = require_YAMLSeq();
    var resolveBlockMap = require_resolve_block_map();
    var resolveBlockSeq = require_resolve_block_seq();
    var resolveFlowCollection = require_resolve_flow_collection();
    function resolveCollection(CN, ctx, token, onError, tagName, tag) {
      const coll = token.type === "block-map" ? resolveBlockMap.resolveBlockMap(CN, ctx, token, onError, tag) : token.type === "block-seq" ? resolveBlockSeq.resolveBlockSeq(CN, ctx, token, onError, tag) : resolveFlowCollection.resolveFlowCollection(CN, ctx, token, onError, tag);
      const Coll = coll.constructor;
      if (tagName === "!" || tagName === Coll.tagName) {
        coll.tag = Coll.tagName;
        return coll;
      }
      if (tagName)
        coll.tag = tagName;
      return coll;
    }
    function composeCollection(CN, ctx, token, props, onError) {
      const tagToken = props.tag;
      const tagName = !tagToken ? null : ctx.directives.tagName(tagToken.source, (msg) => onError(tagToken, "TAG_RESOLVE_FAILED", msg));
      if (token.type === "block-seq") {
        const { anchor, newlineAfterProp: nl } = props;
        const lastProp = anchor && tagToken ? anchor.offset > tagToken.offset ? anchor : tagToken : anchor ?? tagToken;
        if (lastProp && (!nl || nl.offset < lastProp.offset)) {
          const message = "Missing newline after block sequence props";
          onError(lastProp, "MISSING_CHAR", message);
        }
      }
      const expType = token.type === "block-map" ? "map" : token.type === "block-seq" ? "seq" : token.start.source === "{" ? "map" : "seq";
      if (!tagToken || !tagName || tagName === "!" || tagName === YAMLMap.YAMLMap.tagName && expType === "map" || tagName === YAMLSeq.YAMLSeq.tagName && expType === "seq") {
        return resolveCollection(CN, ctx, token, onError, tagName);
      }
      let tag = ctx.schema.tags.find((t) => t.tag === tagName && t.collection === expType);
      if (!tag) {
        const kt = ctx.schema.knownTags[tagName];
        if (kt?.collection === expType) {
          ctx.schema.tags.push(Object.assign({}, kt, { default: false }));
          tag = kt;
        } else {
          if (kt) {
            onError(tagToken, "BAD_COLLECTION_TYPE", `${kt.tag} used for ${expType} collection, but expects ${kt.collection ?? "scalar"}`, true);
          } else {
            onError(tagToken, "TAG_RESOLVE_FAILED", `Unresolved tag: ${tagName}`, true);
          }
          return resolveCollection(CN, ctx, token, onError, tagName);
        }
      }
      const coll = resolveCollection(CN, ctx, token, onError, tagName, tag);
      const res = tag.resolve?.(coll, (msg) => onError(tagToken, "TAG_RESOLVE_FAILED", msg), ctx.options) ?? coll;
      const node = identity2.isNode(res) ? res : new Scalar.Scalar(res);
      node.range = coll.range;
      node.tag = tagName;
      if (tag?.format)
        node.format = tag.format;
      return node;
    }
    exports2.composeCollection = composeCollection;
  }
});

// node_modules/yaml/dist/compose/resolve-block-scalar.js
var require_resolve_block_scalar = __commonJS({
  "node_modules/yaml/dist/compose/resolve-block-scalar.js"(exports2) {
    "use strict";
    var Scalar = require_Scalar();
    function resolveBlockScalar(ctx, scalar, onError) {
      const start = scalar.offset;
      const header2 = parseBlockScalarHeader(scalar, ctx.options.strict, onError);
      if (!header2)
        return { value: "", type: null, comment: "", range: [start, start, start] };
      const type = header2.mode === ">" ? Scalar.Scalar.BLOCK_FOLDED : Scalar.Scalar.BLOCK_LITERAL;
      const lines3 = scalar.source ? splitLines(scalar.source) : [];
      let chompStart = lines3.length;
      for (let i = lines3.length - 1; i >= 0; --i) {
        const content = lines3[i][1];
        if (content === "" || content === "\r")
          chompStart = i;
        else
          break;
      }
      if (chompStart === 0) {
        const value2 = header2.chomp === "+" && lines3.length > 0 ? "\n".repeat(Math.max(1, lines3.length - 1)) : "";
        let end2 = start + header2.length;
        if (scalar.source)
          end2 += scalar.source.length;
        return { value: value2, type, comment: header2.comment, range: [start, end2, end2] };
      }
      let trimIndent = scalar.indent + header2.indent;
      let offset = scalar.offset + header2.length;
      let contentStart = 0;
      for (let i = 0; i < chompStart; ++i) {
        const [indent, content] = lines3[i];
        if (content === "" || content === "\r") {
          if (header2.indent === 0 && indent.length > trimIndent)
            trimIndent = indent.length;
        } else {
          if (indent.length < trimIndent) {
            const message = "Block scalars with more-indented leading empty lines must use an explicit indentation indicator";
            onError(offset + indent.length, "MISSING_CHAR", message);
          }
          if (header2.indent === 0)
            trimIndent = indent.length;
          contentStart = i;
          if (trimIndent === 0 && !ctx.atRoot) {
            const message = "Block scalar values in collections must be indented";
            onError(offset, "BAD_INDENT", message);
          }
          break;
        }
        offset += indent.length + content.length + 1;
      }
      for (let i = lines3.length - 1; i >= chompStart; --i) {
        if (lines3[i][0].length > trimIndent)
          chompStart = i + 1;
      }
      let value = "";
      let sep2 = "";
      let prevMoreIndented = false;
      for (let i = 0; i < contentStart; ++i)
        value += lines3[i][0].slice(trimIndent) + "\n";
      for (let i = contentStart; i < chompStart; ++i) {
        let [indent, content] = lines3[i];
        offset += indent.length + content.length + 1;
        const crlf = content[content.length - 1] === "\r";
        if (crlf)
          content = content.slice(0, -1);
        if (content && indent.length < trimIndent) {
          const src = header2.indent ? "explicit indentation indicator" : "first line";
          const message = `Block scalar lines must not be less indented than their ${src}`;
          onError(offset - content.length - (crlf ? 2 : 1), "BAD_INDENT", message);
          indent = "";
        }
        if (type === Scalar.Scalar.BLOCK_LITERAL) {
          value += sep2 + indent.slice(trimIndent) + content;
          sep2 = "\n";
        } else if (indent.length > trimIndent || content[0] === "	") {
          if (sep2 === " ")
            sep2 = "\n";
          else if (!prevMoreIndented && sep2 === "\n")
            sep2 = "\n\n";
          value += sep2 + indent.slice(trimIndent) + content;
          sep2 = "\n";
          prevMoreIndented = true;
        } else if (content === "") {
          if (sep2 === "\n")
            value += "\n";
          else
            sep2 = "\n";
        } else {
          value += sep2 + content;
          sep2 = " ";
          prevMoreIndented = false;
        }
      }
      switch (header2.chomp) {
        case "-":
          break;
        case "+":
          for (let i = chompStart; i < lines3.length; ++i)
            value += "\n" + lines3[i][0].slice(trimIndent);
          if (value[value.length - 1] !== "\n")
            value += "\n";
          break;
        default:
          value += "\n";
      }
      const end = start + header2.length + scalar.source.length;
      return { value, type, comment: header2.comment, range: [start, end, end] };
    }
    function parseBlockScalarHeader({ offset, props }, strict, onError) {
      if (props[0].type !== "block-scalar-header") {
        onError(props[0], "IMPOSSIBLE", "Block scalar header not found");
        return null;
      }
      const { source } = props[0];
      const mode = source[0];
      let indent = 0;
      let chomp = "";
      let error2 = -1;
      for (let i = 1; i < source.length; ++i) {
        const ch = source[i];
        if (!chomp && (ch === "-" || ch === "+"))
          chomp = ch;
        else {
          const n = Number(ch);
          if (!indent && n)
            indent = n;
          else if (error2 === -1)
            error2 = offset + i;
        }
      }
      if (error2 !== -1)
        onError(error2, "UNEXPECTED_TOKEN", `Block scalar header includes extra characters: ${source}`);
      let hasSpace = false;
      let comment = "";
      let length = source.length;
      for (let i = 1; i < props.length; ++i) {
        const token = props[i];
        switch (token.type) {
          case "space":
            hasSpace = true;
          // fallthrough
          case "newline":
            length += token.source.length;
            break;
          case "comment":
            if (strict && !hasSpace) {
              const message = "Comments must be separated from other tokens by white space characters";
              onError(token, "MISSING_CHAR", message);
            }
            length += token.source.length;
            comment = token.source.substring(1);
            break;
          case "error":
            onError(token, "UNEXPECTED_TOKEN", token.message);
            length += token.source.length;
            break;
          /* istanbul ignore next should not happen */
          default: {
            const message = `Unexpected token in block scalar header: ${token.type}`;
            onError(token, "UNEXPECTED_TOKEN", message);
            const ts = token.source;
            if (ts && typeof ts === "string")
              length += ts.length;
          }
        }
      }
      return { mode, indent, chomp, comment, length };
    }
    function splitLines(source) {
      const split = source.split(/\n( *)/);
      const first = split[0];
      const m = first.match(/^( *)/);
      const line0 = m?.[1] ? [m[1], first.slice(m[1].length)] : ["", first];
      const lines3 = [line0];
      for (let i = 1; i < split.length; i += 2)
        lines3.push([split[i], split[i + 1]]);
      return lines3;
    }
    exports2.resolveBlockScalar = resolveBlockScalar;
  }
});

// node_modules/yaml/dist/compose/resolve-flow-scalar.js
var require_resolve_flow_scalar = __commonJS({
  "node_modules/yaml/dist/compose/resolve-flow-scalar.js"(exports2) {
    "use strict";
    var Scalar = require_Scalar();
    var resolveEnd = require_resolve_end();
    function resolveFlowScalar(scalar, strict, onError) {
      const { offset, type, source, end } = scalar;
      let _type;
      let value;
      const _onError = (rel, code2, msg) => onError(offset + rel, code2, msg);
      switch (type) {
        case "scalar":
          _type = Scalar.Scalar.PLAIN;
          value = plainValue2(source, _onError);
          break;
        case "single-quoted-scalar":
          _type = Scalar.Scalar.QUOTE_SINGLE;
          value = singleQuotedValue(source, _onError);
          break;
        case "double-quoted-scalar":
          _type = Scalar.Scalar.QUOTE_DOUBLE;
          value = doubleQuotedValue(source, _onError);
          break;
        /* istanbul ignore next should not happen */
        default:
          onError(scalar, "UNEXPECTED_TOKEN", `Expected a flow scalar value, but found: ${type}`);
          return {
            value: "",
            type: null,
            comment: "",
            range: [offset, offset + source.length, offset + source.length]
          };
      }
      const valueEnd2 = offset + source.length;
      const re = resolveEnd.resolveEnd(end, valueEnd2, strict, onError);
      return {
        value,
        type: _type,
        comment: re.comment,
        range: [offset, valueEnd2, re.offset]
      };
    }
    function plainValue2(source, onError) {
      let badChar = "";
      switch (source[0]) {
        /* istanbul ignore next should not happen */
        case "	":
          badChar = "a tab character";
          break;
        case ",":
          badChar = "flow indicator character ,";
          break;
        case "%":
          badChar = "directive indicator character %";
          break;
        case "|":
        case ">": {
          badChar = `block scalar indicator ${source[0]}`;
          break;
        }
        case "@":
        case "`": {
          badChar = `reserved character ${source[0]}`;
          break;
        }
      }
      if (badChar)
        onError(0, "BAD_SCALAR_START", `Plain value cannot start with ${badChar}`);
      return unfoldLines(source);
    }
    function singleQuotedValue(source, onError) {
      if (source[source.length - 1] !== "'" || source.length === 1)
        onError(source.length, "MISSING_CHAR", "Missing closing 'quote");
      return unfoldLines(source.slice(1, -1)).replace(/''/g, "'");
    }
    function unfoldLines(source) {
      const line3 = /(.*?)\r?\n/sy;
      let match = line3.exec(source);
      if (!match)
        return source;
      let trimEnd, trimBoth;
      try {
        trimEnd = new RegExp("(?<![ 	])[ 	]+$");
        trimBoth = new RegExp("^[ 	]+|(?<![ 	])[ 	]+$", "g");
      } catch {
        trimEnd = /[ \t]+$/;
        trimBoth = /^[ \t]+|[ \t]+$/g;
      }
      let res = match[1].replace(trimEnd, "");
      let sep2 = " ";
      let pos = line3.lastIndex;
      while (match = line3.exec(source)) {
        const lm = match[1].replace(trimBoth, "");
        if (lm === "") {
          if (sep2 === "\n")
            res += sep2;
          else
            sep2 = "\n";
        } else {
          res += sep2 + lm;
          sep2 = " ";
        }
        pos = line3.lastIndex;
      }
      const last = /[ \t]*(.*)/sy;
      last.lastIndex = pos;
      match = last.exec(source);
      return res + sep2 + (match?.[1] ?? "");
    }
    function doubleQuotedValue(source, onError) {
      let res = "";
      for (let i = 1; i < source.length - 1; ++i) {
        const ch = source[i];
        if (ch === "\r" && source[i + 1] === "\n")
          continue;
        if (ch === "\n") {
          const { fold, offset } = foldNewline(source, i);
          res += fold;
          i = offset;
        } else if (ch === "\\") {
          let next = source[++i];
          const cc = escapeCodes[next];
          if (cc)
            res += cc;
          else if (next === "\n") {
            next = source[i + 1];
            while (next === " " || next === "	")
              next = source[++i + 1];
          } else if (next === "\r" && source[i + 1] === "\n") {
            next = source[++i + 1];
            while (next === " " || next === "	")
              next = source[++i + 1];
          } else if (next === "x" || next === "u" || next === "U") {
            const length = next === "x" ? 2 : next === "u" ? 4 : 8;
            res += parseCharCode(source, i + 1, length, onError);
            i += length;
          } else {
            const raw = source.substr(i - 1, 2);
            onError(i - 1, "BAD_DQ_ESCAPE", `Invalid escape sequence ${raw}`);
            res += raw;
          }
        } else if (ch === " " || ch === "	") {
          const wsStart = i;
          let next = source[i + 1];
          while (next === " " || next === "	")
            next = source[++i + 1];
          if (next !== "\n" && !(next === "\r" && source[i + 2] === "\n"))
            res += i > wsStart ? source.slice(wsStart, i + 1) : ch;
        } else {
          res += ch;
        }
      }
      if (source[source.length - 1] !== '"' || source.length === 1)
        onError(source.length, "MISSING_CHAR", 'Missing closing "quote');
      return res;
    }
    function foldNewline(source, offset) {
      let fold = "";
      let ch = source[offset + 1];
      while (ch === " " || ch === "	" || ch === "\n" || ch === "\r") {
        if (ch === "\r" && source[offset + 2] !== "\n")
          break;
        if (ch === "\n")
          fold += "\n";
        offset += 1;
        ch = source[offset + 1];
      }
      if (!fold)
        fold = " ";
      return { fold, offset };
    }
    var escapeCodes = {
      "0": "\0",
      // null character
      a: "\x07",
      // bell character
      b: "\b",
      // backspace
      e: "\x1B",
      // escape character
      f: "\f",
      // form feed
      n: "\n",
      // line feed
      r: "\r",
      // carriage return
      t: "	",
      // horizontal tab
      v: "\v",
      // vertical tab
      N: "\x85",
      // Unicode next line
      _: "\xA0",
      // Unicode non-breaking space
      L: "\u2028",
      // Unicode line separator
      P: "\u2029",
      // Unicode paragraph separator
      " ": " ",
      '"': '"',
      "/": "/",
      "\\": "\\",
      "	": "	"
    };
    function parseCharCode(source, offset, length, onError) {
      const cc = source.substr(offset, length);
      const ok = cc.length === length && /^[0-9a-fA-F]+$/.test(cc);
      const code2 = ok ? parseInt(cc, 16) : NaN;
      try {
        return String.fromCodePoint(code2);
      } catch {
        const raw = source.substr(offset - 2, length + 2);
        onError(offset - 2, "BAD_DQ_ESCAPE", `Invalid escape sequence ${raw}`);
        return raw;
      }
    }
    exports2.resolveFlowScalar = resolveFlowScalar;
  }
});

// node_modules/yaml/dist/compose/compose-scalar.js
var require_compose_scalar = __commonJS({
  "node_modules/yaml/dist/compose/compose-scalar.js"(exports2) {
    "use strict";
    var identity2 = require_identity();
    var Scalar = require_Scalar();
    var resolveBlockScalar = require_resolve_block_scalar();
    var resolveFlowScalar = require_resolve_flow_scalar();
    function composeScalar(ctx, token, tagToken, onError) {
      const { value, type, comment, range } = token.type === "block-scalar" ? resolveBlockScalar.resolveBlockScalar(ctx, token, onError) : resolveFlowScalar.resolveFlowScalar(token, ctx.options.strict, onError);
      const tagName = tagToken ? ctx.directives.tagName(tagToken.source, (msg) => onError(tagToken, "TAG_RESOLVE_FAILED", msg)) : null;
      let tag;
      if (ctx.options.stringKeys && ctx.atKey) {
        tag = ctx.schema[identity2.SCALAR];
      } else if (tagName)
        tag = findScalarTagByName(ctx.schema, value, tagName, tagToken, onError);
      else if (token.type === "scalar")
        tag = findScalarTagByTest(ctx, value, token, onError);
      else
        tag = ctx.schema[identity2.SCALAR];
      let scalar;
      try {
        const res = tag.resolve(value, (msg) => onError(tagToken ?? token, "TAG_RESOLVE_FAILED", msg), ctx.options);
        scalar = identity2.isScalar(res) ? res : new Scalar.Scalar(res);
      } catch (error2) {
        const msg = error2 instanceof Error ? error2.message : String(error2);
        onError(tagToken ?? token, "TAG_RESOLVE_FAILED", msg);
        scalar = new Scalar.Scalar(value);
      }
      scalar.range = range;
      scalar.source = value;
      if (type)
        scalar.type = type;
      if (tagName)
        scalar.tag = tagName;
      if (tag.format)
        scalar.format = tag.format;
      if (comment)
        scalar.comment = comment;
      return scalar;
    }
    function findScalarTagByName(schema, value, tagName, tagToken, onError) {
      if (tagName === "!")
        return schema[identity2.SCALAR];
      const matchWithTest = [];
      for (const tag of schema.tags) {
        if (!tag.collection && tag.tag === tagName) {
          if (tag.default && tag.test)
            matchWithTest.push(tag);
          else
            return tag;
        }
      }
      for (const tag of matchWithTest)
        if (tag.test?.test(value))
          return tag;
      const kt = schema.knownTags[tagName];
      if (kt && !kt.collection) {
        schema.tags.push(Object.assign({}, kt, { default: false, test: void 0 }));
        return kt;
      }
      onError(tagToken, "TAG_RESOLVE_FAILED", `Unresolved tag: ${tagName}`, tagName !== "tag:yaml.org,2002:str");
      return schema[identity2.SCALAR];
    }
    function findScalarTagByTest({ atKey, directives, schema }, value, token, onError) {
      const tag = schema.tags.find((tag2) => (tag2.default === true || atKey && tag2.default === "key") && tag2.test?.test(value)) || schema[identity2.SCALAR];
      if (schema.compat) {
        const compat = schema.compat.find((tag2) => tag2.default && tag2.test?.test(value)) ?? schema[identity2.SCALAR];
        if (tag.tag !== compat.tag) {
          const ts = directives.tagString(tag.tag);
          const cs = directives.tagString(compat.tag);
          const msg = `Value may be parsed as either ${ts} or ${cs}`;
          onError(token, "TAG_RESOLVE_FAILED", msg, true);
        }
      }
      return tag;
    }
    exports2.composeScalar = composeScalar;
  }
});

// node_modules/yaml/dist/compose/util-empty-scalar-position.js
var require_util_empty_scalar_position = __commonJS({
  "node_modules/yaml/dist/compose/util-empty-scalar-position.js"(exports2) {
    "use strict";
    function emptyScalarPosition(offset, before, pos) {
      if (before) {
        pos ?? (pos = before.length);
        for (let i = pos - 1; i >= 0; --i) {
          let st = before[i];
          switch (st.type) {
            case "space":
            case "comment":
            case "newline":
              offset -= st.source.length;
              continue;
          }
          st = before[++i];
          while (st?.type === "space") {
            offset += st.source.length;
            st = before[++i];
          }
          break;
        }
      }
      return offset;
    }
    exports2.emptyScalarPosition = emptyScalarPosition;
  }
});

// node_modules/yaml/dist/compose/compose-node.js
var require_compose_node = __commonJS({
  "node_modules/yaml/dist/compose/compose-node.js"(exports2) {
    "use strict";
    var Alias = require_Alias();
    var identity2 = require_identity();
    var composeCollection = require_compose_collection();
    var composeScalar = require_compose_scalar();
    var resolveEnd = require_resolve_end();
    var utilEmptyScalarPosition = require_util_empty_scalar_position();
    var CN = { composeNode, composeEmptyNode };
    function composeNode(ctx, token, props, onError) {
      const atKey = ctx.atKey;
      const { spaceBefore, comment, anchor, tag } = props;
      let node;
      let isSrcToken = true;
      switch (token.type) {
        case "alias":
          node = composeAlias(ctx, token, onError);
          if (anchor || tag)
            onError(token, "ALIAS_PROPS", "An alias node must not specify any properties");
          break;
        case "scalar":
        case "single-quoted-scalar":
        case "double-quoted-scalar":
        case "block-scalar":
          node = composeScalar.composeScalar(ctx, token, tag, onError);
          if (anchor)
            node.anchor = anchor.source.substring(1);
          break;
        case "block-map":
        case "block-seq":
        case "flow-collection":
          try {
            node = composeCollection.composeCollection(CN, ctx, token, props, onError);
            if (anchor)
              node.anchor = anchor.source.substring(1);
          } catch (error2) {
            const message = error2 instanceof Error ? error2.message : String(error2);
            onError(token, "RESOURCE_EXHAUSTION", message);
          }
          break;
        default: {
          const message = token.type === "error" ? token.message : `Unsupported token (type: ${token.type})`;
          onError(token, "UNEXPECTED_TOKEN", message);
          isSrcToken = false;
        }
      }
      node ?? (node = composeEmptyNode(ctx, token.offset, void 0, null, props, onError));
      if (anchor && node.anchor === "")
        onError(anchor, "BAD_ALIAS", "Anchor cannot be an empty string");
      if (atKey && ctx.options.stringKeys && (!identity2.isScalar(node) || typeof node.value !== "string" || node.tag && node.tag !== "tag:yaml.org,2002:str")) {
        const msg = "With stringKeys, all keys must be strings";
        onError(tag ?? token, "NON_STRING_KEY", msg);
      }
      if (spaceBefore)
        node.spaceBefore = true;
      if (comment) {
        if (token.type === "scalar" && token.source === "")
          node.comment = comment;
        else
          node.commentBefore = comment;
      }
      if (ctx.options.keepSourceTokens && isSrcToken)
        node.srcToken = token;
      return node;
    }
    function composeEmptyNode(ctx, offset, before, pos, { spaceBefore, comment, anchor, tag, end }, onError) {
      const token = {
        type: "scalar",
        offset: utilEmptyScalarPosition.emptyScalarPosition(offset, before, pos),
        indent: -1,
        source: ""
      };
      const node = composeScalar.composeScalar(ctx, token, tag, onError);
      if (anchor) {
        node.anchor = anchor.source.substring(1);
        if (node.anchor === "")
          onError(anchor, "BAD_ALIAS", "Anchor cannot be an empty string");
      }
      if (spaceBefore)
        node.spaceBefore = true;
      if (comment) {
        node.comment = comment;
        node.range[2] = end;
      }
      return node;
    }
    function composeAlias({ options }, { offset, source, end }, onError) {
      const alias = new Alias.Alias(source.substring(1));
      if (alias.source === "")
        onError(offset, "BAD_ALIAS", "Alias cannot be an empty string");
      if (alias.source.endsWith(":"))
        onError(offset + source.length - 1, "BAD_ALIAS", "Alias ending in : is ambiguous", true);
      const valueEnd2 = offset + source.length;
      const re = resolveEnd.resolveEnd(end, valueEnd2, options.strict, onError);
      alias.range = [offset, valueEnd2, re.offset];
      if (re.comment)
        alias.comment = re.comment;
      return alias;
    }
    exports2.composeEmptyNode = composeEmptyNode;
    exports2.composeNode = composeNode;
  }
});

// node_modules/yaml/dist/compose/compose-doc.js
var require_compose_doc = __commonJS({
  "node_modules/yaml/dist/compose/compose-doc.js"(exports2) {
    "use strict";
    var Document2 = require_Document();
    var composeNode = require_compose_node();
    var resolveEnd = require_resolve_end();
    var resolveProps = require_resolve_props();
    function composeDoc(options, directives, { offset, start, value, end }, onError) {
      const opts = Object.assign({ _directives: directives }, options);
      const doc = new Document2.Document(void 0, opts);
      const ctx = {
        atKey: false,
        atRoot: true,
        directives: doc.directives,
        options: doc.options,
        schema: doc.schema
      };
      const props = resolveProps.resolveProps(start, {
        indicator: "doc-start",
        next: value ?? end?.[0],
        offset,
        onError,
        parentIndent: 0,
        startOnNewline: true
      });
      if (props.found) {
        doc.directives.docStart = true;
        if (value && (value.type === "block-map" || value.type === "block-seq") && !props.hasNewline)
          onError(props.end, "MISSING_CHAR", "Block collection cannot start on same line with directives-end marker");
      }
      doc.contents = value ? composeNode.composeNode(ctx, value, props, onError) : composeNode.composeEmptyNode(ctx, props.end, start, null, props, onError);
      const contentEnd = doc.contents.range[2];
      const re = resolveEnd.resolveEnd(end, contentEnd, false, onError);
      if (re.comment)
        doc.comment = re.comment;
      doc.range = [offset, contentEnd, re.offset];
      return doc;
    }
    exports2.composeDoc = composeDoc;
  }
});

// node_modules/yaml/dist/compose/composer.js
var require_composer = __commonJS({
  "node_modules/yaml/dist/compose/composer.js"(exports2) {
    "use strict";
    var node_process = require("process");
    var directives = require_directives();
    var Document2 = require_Document();
    var errors = require_errors();
    var identity2 = require_identity();
    var composeDoc = require_compose_doc();
    var resolveEnd = require_resolve_end();
    function getErrorPos(src) {
      if (typeof src === "number")
        return [src, src + 1];
      if (Array.isArray(src))
        return src.length === 2 ? src : [src[0], src[1]];
      const { offset, source } = src;
      return [offset, offset + (typeof source === "string" ? source.length : 1)];
    }
    function parsePrelude(prelude) {
      let comment = "";
      let atComment = false;
      let afterEmptyLine = false;
      for (let i = 0; i < prelude.length; ++i) {
        const source = prelude[i];
        switch (source[0]) {
          case "#":
            comment += (comment === "" ? "" : afterEmptyLine ? "\n\n" : "\n") + (source.substring(1) || " ");
            atComment = true;
            afterEmptyLine = false;
            break;
          case "%":
            if (prelude[i + 1]?.[0] !== "#")
              i += 1;
            atComment = false;
            break;
          default:
            if (!atComment)
              afterEmptyLine = true;
            atComment = false;
        }
      }
      return { comment, afterEmptyLine };
    }
    var Composer = class {
      constructor(options = {}) {
        this.doc = null;
        this.atDirectives = false;
        this.prelude = [];
        this.errors = [];
        this.warnings = [];
        this.onError = (source, code2, message, warning2) => {
          const pos = getErrorPos(source);
          if (warning2)
            this.warnings.push(new errors.YAMLWarning(pos, code2, message));
          else
            this.errors.push(new errors.YAMLParseError(pos, code2, message));
        };
        this.directives = new directives.Directives({ version: options.version || "1.2" });
        this.options = options;
      }
      decorate(doc, afterDoc) {
        const { comment, afterEmptyLine } = parsePrelude(this.prelude);
        if (comment) {
          const dc = doc.contents;
          if (afterDoc) {
            doc.comment = doc.comment ? `${doc.comment}
${comment}` : comment;
          } else if (afterEmptyLine || doc.directives.docStart || !dc) {
            doc.commentBefore = comment;
          } else if (identity2.isCollection(dc) && !dc.flow && dc.items.length > 0) {
            let it = dc.items[0];
            if (identity2.isPair(it))
              it = it.key;
            const cb = it.commentBefore;
            it.commentBefore = cb ? `${comment}
${cb}` : comment;
          } else {
            const cb = dc.commentBefore;
            dc.commentBefore = cb ? `${comment}
${cb}` : comment;
          }
        }
        if (afterDoc) {
          for (let i = 0; i < this.errors.length; ++i)
            doc.errors.push(this.errors[i]);
          for (let i = 0; i < this.warnings.length; ++i)
            doc.warnings.push(this.warnings[i]);
        } else {
          doc.errors = this.errors;
          doc.warnings = this.warnings;
        }
        this.prelude = [];
        this.errors = [];
        this.warnings = [];
      }
      /**
       * Current stream status information.
       *
       * Mostly useful at the end of input for an empty stream.
       */
      streamInfo() {
        return {
          comment: parsePrelude(this.prelude).comment,
          directives: this.directives,
          errors: this.errors,
          warnings: this.warnings
        };
      }
      /**
       * Compose tokens into documents.
       *
       * @param forceDoc - If the stream contains no document, still emit a final document including any comments and directives that would be applied to a subsequent document.
       * @param endOffset - Should be set if `forceDoc` is also set, to set the document range end and to indicate errors correctly.
       */
      *compose(tokens, forceDoc = false, endOffset = -1) {
        for (const token of tokens)
          yield* this.next(token);
        yield* this.end(forceDoc, endOffset);
      }
      /** Advance the composer by one CST token. */
      *next(token) {
        if (node_process.env.LOG_STREAM)
          console.dir(token, { depth: null });
        switch (token.type) {
          case "directive":
            this.directives.add(token.source, (offset, message, warning2) => {
              const pos = getErrorPos(token);
              pos[0] += offset;
              this.onError(pos, "BAD_DIRECTIVE", message, warning2);
            });
            this.prelude.push(token.source);
            this.atDirectives = true;
            break;
          case "document": {
            const doc = composeDoc.composeDoc(this.options, this.directives, token, this.onError);
            if (this.atDirectives && !doc.directives.docStart)
              this.onError(token, "MISSING_CHAR", "Missing directives-end/doc-start indicator line");
            this.decorate(doc, false);
            if (this.doc)
              yield this.doc;
            this.doc = doc;
            this.atDirectives = false;
            break;
          }
          case "byte-order-mark":
          case "space":
            break;
          case "comment":
          case "newline":
            this.prelude.push(token.source);
            break;
          case "error": {
            const msg = token.source ? `${token.message}: ${JSON.stringify(token.source)}` : token.message;
            const error2 = new errors.YAMLParseError(getErrorPos(token), "UNEXPECTED_TOKEN", msg);
            if (this.atDirectives || !this.doc)
              this.errors.push(error2);
            else
              this.doc.errors.push(error2);
            break;
          }
          case "doc-end": {
            if (!this.doc) {
              const msg = "Unexpected doc-end without preceding document";
              this.errors.push(new errors.YAMLParseError(getErrorPos(token), "UNEXPECTED_TOKEN", msg));
              break;
            }
            this.doc.directives.docEnd = true;
            const end = resolveEnd.resolveEnd(token.end, token.offset + token.source.length, this.doc.options.strict, this.onError);
            this.decorate(this.doc, true);
            if (end.comment) {
              const dc = this.doc.comment;
              this.doc.comment = dc ? `${dc}
${end.comment}` : end.comment;
            }
            this.doc.range[2] = end.offset;
            break;
          }
          default:
            this.errors.push(new errors.YAMLParseError(getErrorPos(token), "UNEXPECTED_TOKEN", `Unsupported token ${token.type}`));
        }
      }
      /**
       * Call at end of input to yield any remaining document.
       *
       * @param forceDoc - If the stream contains no document, still emit a final document including any comments and directives that would be applied to a subsequent document.
       * @param endOffset - Should be set if `forceDoc` is also set, to set the document range end and to indicate errors correctly.
       */
      *end(forceDoc = false, endOffset = -1) {
        if (this.doc) {
          this.decorate(this.doc, true);
          yield this.doc;
          this.doc = null;
        } else if (forceDoc) {
          const opts = Object.assign({ _directives: this.directives }, this.options);
          const doc = new Document2.Document(void 0, opts);
          if (this.atDirectives)
            this.onError(endOffset, "MISSING_CHAR", "Missing directives-end indicator line");
          doc.range = [0, endOffset, endOffset];
          this.decorate(doc, false);
          yield doc;
        }
      }
    };
    exports2.Composer = Composer;
  }
});

// node_modules/yaml/dist/parse/cst-scalar.js
var require_cst_scalar = __commonJS({
  "node_modules/yaml/dist/parse/cst-scalar.js"(exports2) {
    "use strict";
    var resolveBlockScalar = require_resolve_block_scalar();
    var resolveFlowScalar = require_resolve_flow_scalar();
    var errors = require_errors();
    var stringifyString = require_stringifyString();
    function resolveAsScalar(token, strict = true, onError) {
      if (token) {
        const _onError = (pos, code2, message) => {
          const offset = typeof pos === "number" ? pos : Array.isArray(pos) ? pos[0] : pos.offset;
          if (onError)
            onError(offset, code2, message);
          else
            throw new errors.YAMLParseError([offset, offset + 1], code2, message);
        };
        switch (token.type) {
          case "scalar":
          case "single-quoted-scalar":
          case "double-quoted-scalar":
            return resolveFlowScalar.resolveFlowScalar(token, strict, _onError);
          case "block-scalar":
            return resolveBlockScalar.resolveBlockScalar({ options: { strict } }, token, _onError);
        }
      }
      return null;
    }
    function createScalarToken(value, context) {
      const { implicitKey = false, indent, inFlow = false, offset = -1, type = "PLAIN" } = context;
      const source = stringifyString.stringifyString({ type, value }, {
        implicitKey,
        indent: indent > 0 ? " ".repeat(indent) : "",
        inFlow,
        options: { blockQuote: true, lineWidth: -1 }
      });
      const end = context.end ?? [
        { type: "newline", offset: -1, indent, source: "\n" }
      ];
      switch (source[0]) {
        case "|":
        case ">": {
          const he = source.indexOf("\n");
          const head = source.substring(0, he);
          const body = source.substring(he + 1) + "\n";
          const props = [
            { type: "block-scalar-header", offset, indent, source: head }
          ];
          if (!addEndtoBlockProps(props, end))
            props.push({ type: "newline", offset: -1, indent, source: "\n" });
          return { type: "block-scalar", offset, indent, props, source: body };
        }
        case '"':
          return { type: "double-quoted-scalar", offset, indent, source, end };
        case "'":
          return { type: "single-quoted-scalar", offset, indent, source, end };
        default:
          return { type: "scalar", offset, indent, source, end };
      }
    }
    function setScalarValue(token, value, context = {}) {
      let { afterKey: afterKey2 = false, implicitKey = false, inFlow = false, type } = context;
      let indent = "indent" in token ? token.indent : null;
      if (afterKey2 && typeof indent === "number")
        indent += 2;
      if (!type)
        switch (token.type) {
          case "single-quoted-scalar":
            type = "QUOTE_SINGLE";
            break;
          case "double-quoted-scalar":
            type = "QUOTE_DOUBLE";
            break;
          case "block-scalar": {
            const header2 = token.props[0];
            if (header2.type !== "block-scalar-header")
              throw new Error("Invalid block scalar header");
            type = header2.source[0] === ">" ? "BLOCK_FOLDED" : "BLOCK_LITERAL";
            break;
          }
          default:
            type = "PLAIN";
        }
      const source = stringifyString.stringifyString({ type, value }, {
        implicitKey: implicitKey || indent === null,
        indent: indent !== null && indent > 0 ? " ".repeat(indent) : "",
        inFlow,
        options: { blockQuote: true, lineWidth: -1 }
      });
      switch (source[0]) {
        case "|":
        case ">":
          setBlockScalarValue(token, source);
          break;
        case '"':
          setFlowScalarValue(token, source, "double-quoted-scalar");
          break;
        case "'":
          setFlowScalarValue(token, source, "single-quoted-scalar");
          break;
        default:
          setFlowScalarValue(token, source, "scalar");
      }
    }
    function setBlockScalarValue(token, source) {
      const he = source.indexOf("\n");
      const head = source.substring(0, he);
      const body = source.substring(he + 1) + "\n";
      if (token.type === "block-scalar") {
        const header2 = token.props[0];
        if (header2.type !== "block-scalar-header")
          throw new Error("Invalid block scalar header");
        header2.source = head;
        token.source = body;
      } else {
        const { offset } = token;
        const indent = "indent" in token ? token.indent : -1;
        const props = [
          { type: "block-scalar-header", offset, indent, source: head }
        ];
        if (!addEndtoBlockProps(props, "end" in token ? token.end : void 0))
          props.push({ type: "newline", offset: -1, indent, source: "\n" });
        for (const key of Object.keys(token))
          if (key !== "type" && key !== "offset")
            delete token[key];
        Object.assign(token, { type: "block-scalar", indent, props, source: body });
      }
    }
    function addEndtoBlockProps(props, end) {
      if (end)
        for (const st of end)
          switch (st.type) {
            case "space":
            case "comment":
              props.push(st);
              break;
            case "newline":
              props.push(st);
              return true;
          }
      return false;
    }
    function setFlowScalarValue(token, source, type) {
      switch (token.type) {
        case "scalar":
        case "double-quoted-scalar":
        case "single-quoted-scalar":
          token.type = type;
          token.source = source;
          break;
        case "block-scalar": {
          const end = token.props.slice(1);
          let oa = source.length;
          if (token.props[0].type === "block-scalar-header")
            oa -= token.props[0].source.length;
          for (const tok of end)
            tok.offset += oa;
          delete token.props;
          Object.assign(token, { type, source, end });
          break;
        }
        case "block-map":
        case "block-seq": {
          const offset = token.offset + source.length;
          const nl = { type: "newline", offset, indent: token.indent, source: "\n" };
          delete token.items;
          Object.assign(token, { type, source, end: [nl] });
          break;
        }
        default: {
          const indent = "indent" in token ? token.indent : -1;
          const end = "end" in token && Array.isArray(token.end) ? token.end.filter((st) => st.type === "space" || st.type === "comment" || st.type === "newline") : [];
          for (const key of Object.keys(token))
            if (key !== "type" && key !== "offset")
              delete token[key];
          Object.assign(token, { type, indent, source, end });
        }
      }
    }
    exports2.createScalarToken = createScalarToken;
    exports2.resolveAsScalar = resolveAsScalar;
    exports2.setScalarValue = setScalarValue;
  }
});

// node_modules/yaml/dist/parse/cst-stringify.js
var require_cst_stringify = __commonJS({
  "node_modules/yaml/dist/parse/cst-stringify.js"(exports2) {
    "use strict";
    var stringify = (cst) => "type" in cst ? stringifyToken(cst) : stringifyItem(cst);
    function stringifyToken(token) {
      switch (token.type) {
        case "block-scalar": {
          let res = "";
          for (const tok of token.props)
            res += stringifyToken(tok);
          return res + token.source;
        }
        case "block-map":
        case "block-seq": {
          let res = "";
          for (const item of token.items)
            res += stringifyItem(item);
          return res;
        }
        case "flow-collection": {
          let res = token.start.source;
          for (const item of token.items)
            res += stringifyItem(item);
          for (const st of token.end)
            res += st.source;
          return res;
        }
        case "document": {
          let res = stringifyItem(token);
          if (token.end)
            for (const st of token.end)
              res += st.source;
          return res;
        }
        default: {
          let res = token.source;
          if ("end" in token && token.end)
            for (const st of token.end)
              res += st.source;
          return res;
        }
      }
    }
    function stringifyItem({ start, key, sep: sep2, value }) {
      let res = "";
      for (const st of start)
        res += st.source;
      if (key)
        res += stringifyToken(key);
      if (sep2)
        for (const st of sep2)
          res += st.source;
      if (value)
        res += stringifyToken(value);
      return res;
    }
    exports2.stringify = stringify;
  }
});

// node_modules/yaml/dist/parse/cst-visit.js
var require_cst_visit = __commonJS({
  "node_modules/yaml/dist/parse/cst-visit.js"(exports2) {
    "use strict";
    var BREAK = /* @__PURE__ */ Symbol("break visit");
    var SKIP = /* @__PURE__ */ Symbol("skip children");
    var REMOVE = /* @__PURE__ */ Symbol("remove item");
    function visit3(cst, visitor) {
      if ("type" in cst && cst.type === "document")
        cst = { start: cst.start, value: cst.value };
      _visit(Object.freeze([]), cst, visitor);
    }
    visit3.BREAK = BREAK;
    visit3.SKIP = SKIP;
    visit3.REMOVE = REMOVE;
    visit3.itemAtPath = (cst, path5) => {
      let item = cst;
      for (const [field, index] of path5) {
        const tok = item?.[field];
        if (tok && "items" in tok) {
          item = tok.items[index];
        } else
          return void 0;
      }
      return item;
    };
    visit3.parentCollection = (cst, path5) => {
      const parent2 = visit3.itemAtPath(cst, path5.slice(0, -1));
      const field = path5[path5.length - 1][0];
      const coll = parent2?.[field];
      if (coll && "items" in coll)
        return coll;
      throw new Error("Parent collection not found");
    };
    function _visit(path5, item, visitor) {
      let ctrl = visitor(item, path5);
      if (typeof ctrl === "symbol")
        return ctrl;
      for (const field of ["key", "value"]) {
        const token = item[field];
        if (token && "items" in token) {
          for (let i = 0; i < token.items.length; ++i) {
            const ci = _visit(Object.freeze(path5.concat([[field, i]])), token.items[i], visitor);
            if (typeof ci === "number")
              i = ci - 1;
            else if (ci === BREAK)
              return BREAK;
            else if (ci === REMOVE) {
              token.items.splice(i, 1);
              i -= 1;
            }
          }
          if (typeof ctrl === "function" && field === "key")
            ctrl = ctrl(item, path5);
        }
      }
      return typeof ctrl === "function" ? ctrl(item, path5) : ctrl;
    }
    exports2.visit = visit3;
  }
});

// node_modules/yaml/dist/parse/cst.js
var require_cst = __commonJS({
  "node_modules/yaml/dist/parse/cst.js"(exports2) {
    "use strict";
    var cstScalar = require_cst_scalar();
    var cstStringify = require_cst_stringify();
    var cstVisit = require_cst_visit();
    var BOM = "\uFEFF";
    var DOCUMENT = "";
    var FLOW_END = "";
    var SCALAR = "";
    var isCollection2 = (token) => !!token && "items" in token;
    var isScalar4 = (token) => !!token && (token.type === "scalar" || token.type === "single-quoted-scalar" || token.type === "double-quoted-scalar" || token.type === "block-scalar");
    function prettyToken(token) {
      switch (token) {
        case BOM:
          return "<BOM>";
        case DOCUMENT:
          return "<DOC>";
        case FLOW_END:
          return "<FLOW_END>";
        case SCALAR:
          return "<SCALAR>";
        default:
          return JSON.stringify(token);
      }
    }
    function tokenType(source) {
      switch (source) {
        case BOM:
          return "byte-order-mark";
        case DOCUMENT:
          return "doc-mode";
        case FLOW_END:
          return "flow-error-end";
        case SCALAR:
          return "scalar";
        case "---":
          return "doc-start";
        case "...":
          return "doc-end";
        case "":
        case "\n":
        case "\r\n":
          return "newline";
        case "-":
          return "seq-item-ind";
        case "?":
          return "explicit-key-ind";
        case ":":
          return "map-value-ind";
        case "{":
          return "flow-map-start";
        case "}":
          return "flow-map-end";
        case "[":
          return "flow-seq-start";
        case "]":
          return "flow-seq-end";
        case ",":
          return "comma";
      }
      switch (source[0]) {
        case " ":
        case "	":
          return "space";
        case "#":
          return "comment";
        case "%":
          return "directive-line";
        case "*":
          return "alias";
        case "&":
          return "anchor";
        case "!":
          return "tag";
        case "'":
          return "single-quoted-scalar";
        case '"':
          return "double-quoted-scalar";
        case "|":
        case ">":
          return "block-scalar-header";
      }
      return null;
    }
    exports2.createScalarToken = cstScalar.createScalarToken;
    exports2.resolveAsScalar = cstScalar.resolveAsScalar;
    exports2.setScalarValue = cstScalar.setScalarValue;
    exports2.stringify = cstStringify.stringify;
    exports2.visit = cstVisit.visit;
    exports2.BOM = BOM;
    exports2.DOCUMENT = DOCUMENT;
    exports2.FLOW_END = FLOW_END;
    exports2.SCALAR = SCALAR;
    exports2.isCollection = isCollection2;
    exports2.isScalar = isScalar4;
    exports2.prettyToken = prettyToken;
    exports2.tokenType = tokenType;
  }
});

// node_modules/yaml/dist/parse/lexer.js
var require_lexer = __commonJS({
  "node_modules/yaml/dist/parse/lexer.js"(exports2) {
    "use strict";
    var cst = require_cst();
    function isEmpty(ch) {
      switch (ch) {
        case void 0:
        case " ":
        case "\n":
        case "\r":
        case "	":
          return true;
        default:
          return false;
      }
    }
    var hexDigits = new Set("0123456789ABCDEFabcdef");
    var tagChars = new Set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-#;/?:@&=+$_.!~*'()");
    var flowIndicatorChars = new Set(",[]{}");
    var invalidAnchorChars = new Set(" ,[]{}\n\r	");
    var isNotAnchorChar = (ch) => !ch || invalidAnchorChars.has(ch);
    var Lexer = class {
      constructor() {
        this.atEnd = false;
        this.blockScalarIndent = -1;
        this.blockScalarKeep = false;
        this.buffer = "";
        this.flowKey = false;
        this.flowLevel = 0;
        this.indentNext = 0;
        this.indentValue = 0;
        this.lineEndPos = null;
        this.next = null;
        this.pos = 0;
      }
      /**
       * Generate YAML tokens from the `source` string. If `incomplete`,
       * a part of the last line may be left as a buffer for the next call.
       *
       * @returns A generator of lexical tokens
       */
      *lex(source, incomplete = false) {
        if (source) {
          if (typeof source !== "string")
            throw TypeError("source is not a string");
          this.buffer = this.buffer ? this.buffer + source : source;
          this.lineEndPos = null;
        }
        this.atEnd = !incomplete;
        let next = this.next ?? "stream";
        while (next && (incomplete || this.hasChars(1)))
          next = yield* this.parseNext(next);
      }
      atLineEnd() {
        let i = this.pos;
        let ch = this.buffer[i];
        while (ch === " " || ch === "	")
          ch = this.buffer[++i];
        if (!ch || ch === "#" || ch === "\n")
          return true;
        if (ch === "\r")
          return this.buffer[i + 1] === "\n";
        return false;
      }
      charAt(n) {
        return this.buffer[this.pos + n];
      }
      continueScalar(offset) {
        let ch = this.buffer[offset];
        if (this.indentNext > 0) {
          let indent = 0;
          while (ch === " ")
            ch = this.buffer[++indent + offset];
          if (ch === "\r") {
            const next = this.buffer[indent + offset + 1];
            if (next === "\n" || !next && !this.atEnd)
              return offset + indent + 1;
          }
          return ch === "\n" || indent >= this.indentNext || !ch && !this.atEnd ? offset + indent : -1;
        }
        if (ch === "-" || ch === ".") {
          const dt = this.buffer.substr(offset, 3);
          if ((dt === "---" || dt === "...") && isEmpty(this.buffer[offset + 3]))
            return -1;
        }
        return offset;
      }
      getLine() {
        let end = this.lineEndPos;
        if (typeof end !== "number" || end !== -1 && end < this.pos) {
          end = this.buffer.indexOf("\n", this.pos);
          this.lineEndPos = end;
        }
        if (end === -1)
          return this.atEnd ? this.buffer.substring(this.pos) : null;
        if (this.buffer[end - 1] === "\r")
          end -= 1;
        return this.buffer.substring(this.pos, end);
      }
      hasChars(n) {
        return this.pos + n <= this.buffer.length;
      }
      setNext(state) {
        this.buffer = this.buffer.substring(this.pos);
        this.pos = 0;
        this.lineEndPos = null;
        this.next = state;
        return null;
      }
      peek(n) {
        return this.buffer.substr(this.pos, n);
      }
      *parseNext(next) {
        switch (next) {
          case "stream":
            return yield* this.parseStream();
          case "line-start":
            return yield* this.parseLineStart();
          case "block-start":
            return yield* this.parseBlockStart();
          case "doc":
            return yield* this.parseDocument();
          case "flow":
            return yield* this.parseFlowCollection();
          case "quoted-scalar":
            return yield* this.parseQuotedScalar();
          case "block-scalar":
            return yield* this.parseBlockScalar();
          case "plain-scalar":
            return yield* this.parsePlainScalar();
        }
      }
      *parseStream() {
        let line3 = this.getLine();
        if (line3 === null)
          return this.setNext("stream");
        if (line3[0] === cst.BOM) {
          yield* this.pushCount(1);
          line3 = line3.substring(1);
        }
        if (line3[0] === "%") {
          let dirEnd = line3.length;
          let cs = line3.indexOf("#");
          while (cs !== -1) {
            const ch = line3[cs - 1];
            if (ch === " " || ch === "	") {
              dirEnd = cs - 1;
              break;
            } else {
              cs = line3.indexOf("#", cs + 1);
            }
          }
          while (true) {
            const ch = line3[dirEnd - 1];
            if (ch === " " || ch === "	")
              dirEnd -= 1;
            else
              break;
          }
          const n = (yield* this.pushCount(dirEnd)) + (yield* this.pushSpaces(true));
          yield* this.pushCount(line3.length - n);
          this.pushNewline();
          return "stream";
        }
        if (this.atLineEnd()) {
          const sp = yield* this.pushSpaces(true);
          yield* this.pushCount(line3.length - sp);
          yield* this.pushNewline();
          return "stream";
        }
        yield cst.DOCUMENT;
        return yield* this.parseLineStart();
      }
      *parseLineStart() {
        const ch = this.charAt(0);
        if (!ch && !this.atEnd)
          return this.setNext("line-start");
        if (ch === "-" || ch === ".") {
          if (!this.atEnd && !this.hasChars(4))
            return this.setNext("line-start");
          const s = this.peek(3);
          if ((s === "---" || s === "...") && isEmpty(this.charAt(3))) {
            yield* this.pushCount(3);
            this.indentValue = 0;
            this.indentNext = 0;
            return s === "---" ? "doc" : "stream";
          }
        }
        this.indentValue = yield* this.pushSpaces(false);
        if (this.indentNext > this.indentValue && !isEmpty(this.charAt(1)))
          this.indentNext = this.indentValue;
        return yield* this.parseBlockStart();
      }
      *parseBlockStart() {
        const [ch0, ch1] = this.peek(2);
        if (!ch1 && !this.atEnd)
          return this.setNext("block-start");
        if ((ch0 === "-" || ch0 === "?" || ch0 === ":") && isEmpty(ch1)) {
          const n = (yield* this.pushCount(1)) + (yield* this.pushSpaces(true));
          this.indentNext = this.indentValue + 1;
          this.indentValue += n;
          return "block-start";
        }
        return "doc";
      }
      *parseDocument() {
        yield* this.pushSpaces(true);
        const line3 = this.getLine();
        if (line3 === null)
          return this.setNext("doc");
        let n = yield* this.pushIndicators();
        switch (line3[n]) {
          case "#":
            yield* this.pushCount(line3.length - n);
          // fallthrough
          case void 0:
            yield* this.pushNewline();
            return yield* this.parseLineStart();
          case "{":
          case "[":
            yield* this.pushCount(1);
            this.flowKey = false;
            this.flowLevel = 1;
            return "flow";
          case "}":
          case "]":
            yield* this.pushCount(1);
            return "doc";
          case "*":
            yield* this.pushUntil(isNotAnchorChar);
            return "doc";
          case '"':
          case "'":
            return yield* this.parseQuotedScalar();
          case "|":
          case ">":
            n += yield* this.parseBlockScalarHeader();
            n += yield* this.pushSpaces(true);
            yield* this.pushCount(line3.length - n);
            yield* this.pushNewline();
            return yield* this.parseBlockScalar();
          default:
            return yield* this.parsePlainScalar();
        }
      }
      *parseFlowCollection() {
        let nl, sp;
        let indent = -1;
        do {
          nl = yield* this.pushNewline();
          if (nl > 0) {
            sp = yield* this.pushSpaces(false);
            this.indentValue = indent = sp;
          } else {
            sp = 0;
          }
          sp += yield* this.pushSpaces(true);
        } while (nl + sp > 0);
        const line3 = this.getLine();
        if (line3 === null)
          return this.setNext("flow");
        if (indent !== -1 && indent < this.indentNext && line3[0] !== "#" || indent === 0 && (line3.startsWith("---") || line3.startsWith("...")) && isEmpty(line3[3])) {
          const atFlowEndMarker = indent === this.indentNext - 1 && this.flowLevel === 1 && (line3[0] === "]" || line3[0] === "}");
          if (!atFlowEndMarker) {
            this.flowLevel = 0;
            yield cst.FLOW_END;
            return yield* this.parseLineStart();
          }
        }
        let n = 0;
        while (line3[n] === ",") {
          n += yield* this.pushCount(1);
          n += yield* this.pushSpaces(true);
          this.flowKey = false;
        }
        n += yield* this.pushIndicators();
        switch (line3[n]) {
          case void 0:
            return "flow";
          case "#":
            yield* this.pushCount(line3.length - n);
            return "flow";
          case "{":
          case "[":
            yield* this.pushCount(1);
            this.flowKey = false;
            this.flowLevel += 1;
            return "flow";
          case "}":
          case "]":
            yield* this.pushCount(1);
            this.flowKey = true;
            this.flowLevel -= 1;
            return this.flowLevel ? "flow" : "doc";
          case "*":
            yield* this.pushUntil(isNotAnchorChar);
            return "flow";
          case '"':
          case "'":
            this.flowKey = true;
            return yield* this.parseQuotedScalar();
          case ":": {
            const next = this.charAt(1);
            if (this.flowKey || isEmpty(next) || next === ",") {
              this.flowKey = false;
              yield* this.pushCount(1);
              yield* this.pushSpaces(true);
              return "flow";
            }
          }
          // fallthrough
          default:
            this.flowKey = false;
            return yield* this.parsePlainScalar();
        }
      }
      *parseQuotedScalar() {
        const quote2 = this.charAt(0);
        let end = this.buffer.indexOf(quote2, this.pos + 1);
        if (quote2 === "'") {
          while (end !== -1 && this.buffer[end + 1] === "'")
            end = this.buffer.indexOf("'", end + 2);
        } else {
          while (end !== -1) {
            let n = 0;
            while (this.buffer[end - 1 - n] === "\\")
              n += 1;
            if (n % 2 === 0)
              break;
            end = this.buffer.indexOf('"', end + 1);
          }
        }
        const qb = this.buffer.substring(0, end);
        let nl = qb.indexOf("\n", this.pos);
        if (nl !== -1) {
          while (nl !== -1) {
            const cs = this.continueScalar(nl + 1);
            if (cs === -1)
              break;
            nl = qb.indexOf("\n", cs);
          }
          if (nl !== -1) {
            end = nl - (qb[nl - 1] === "\r" ? 2 : 1);
          }
        }
        if (end === -1) {
          if (!this.atEnd)
            return this.setNext("quoted-scalar");
          end = this.buffer.length;
        }
        yield* this.pushToIndex(end + 1, false);
        return this.flowLevel ? "flow" : "doc";
      }
      *parseBlockScalarHeader() {
        this.blockScalarIndent = -1;
        this.blockScalarKeep = false;
        let i = this.pos;
        while (true) {
          const ch = this.buffer[++i];
          if (ch === "+")
            this.blockScalarKeep = true;
          else if (ch > "0" && ch <= "9")
            this.blockScalarIndent = Number(ch) - 1;
          else if (ch !== "-")
            break;
        }
        return yield* this.pushUntil((ch) => isEmpty(ch) || ch === "#");
      }
      *parseBlockScalar() {
        let nl = this.pos - 1;
        let indent = 0;
        let ch;
        loop: for (let i2 = this.pos; ch = this.buffer[i2]; ++i2) {
          switch (ch) {
            case " ":
              indent += 1;
              break;
            case "\n":
              nl = i2;
              indent = 0;
              break;
            case "\r": {
              const next = this.buffer[i2 + 1];
              if (!next && !this.atEnd)
                return this.setNext("block-scalar");
              if (next === "\n")
                break;
            }
            // fallthrough
            default:
              break loop;
          }
        }
        if (!ch && !this.atEnd)
          return this.setNext("block-scalar");
        if (indent >= this.indentNext) {
          if (this.blockScalarIndent === -1)
            this.indentNext = indent;
          else {
            this.indentNext = this.blockScalarIndent + (this.indentNext === 0 ? 1 : this.indentNext);
          }
          do {
            const cs = this.continueScalar(nl + 1);
            if (cs === -1)
              break;
            nl = this.buffer.indexOf("\n", cs);
          } while (nl !== -1);
          if (nl === -1) {
            if (!this.atEnd)
              return this.setNext("block-scalar");
            nl = this.buffer.length;
          }
        }
        let i = nl + 1;
        ch = this.buffer[i];
        while (ch === " ")
          ch = this.buffer[++i];
        if (ch === "	") {
          while (ch === "	" || ch === " " || ch === "\r" || ch === "\n")
            ch = this.buffer[++i];
          nl = i - 1;
        } else if (!this.blockScalarKeep) {
          do {
            let i2 = nl - 1;
            let ch2 = this.buffer[i2];
            if (ch2 === "\r")
              ch2 = this.buffer[--i2];
            const lastChar = i2;
            while (ch2 === " ")
              ch2 = this.buffer[--i2];
            if (ch2 === "\n" && i2 >= this.pos && i2 + 1 + indent > lastChar)
              nl = i2;
            else
              break;
          } while (true);
        }
        yield cst.SCALAR;
        yield* this.pushToIndex(nl + 1, true);
        return yield* this.parseLineStart();
      }
      *parsePlainScalar() {
        const inFlow = this.flowLevel > 0;
        let end = this.pos - 1;
        let i = this.pos - 1;
        let ch;
        while (ch = this.buffer[++i]) {
          if (ch === ":") {
            const next = this.buffer[i + 1];
            if (isEmpty(next) || inFlow && flowIndicatorChars.has(next))
              break;
            end = i;
          } else if (isEmpty(ch)) {
            let next = this.buffer[i + 1];
            if (ch === "\r") {
              if (next === "\n") {
                i += 1;
                ch = "\n";
                next = this.buffer[i + 1];
              } else
                end = i;
            }
            if (next === "#" || inFlow && flowIndicatorChars.has(next))
              break;
            if (ch === "\n") {
              const cs = this.continueScalar(i + 1);
              if (cs === -1)
                break;
              i = Math.max(i, cs - 2);
            }
          } else {
            if (inFlow && flowIndicatorChars.has(ch))
              break;
            end = i;
          }
        }
        if (!ch && !this.atEnd)
          return this.setNext("plain-scalar");
        yield cst.SCALAR;
        yield* this.pushToIndex(end + 1, true);
        return inFlow ? "flow" : "doc";
      }
      *pushCount(n) {
        if (n > 0) {
          yield this.buffer.substr(this.pos, n);
          this.pos += n;
          return n;
        }
        return 0;
      }
      *pushToIndex(i, allowEmpty) {
        const s = this.buffer.slice(this.pos, i);
        if (s) {
          yield s;
          this.pos += s.length;
          return s.length;
        } else if (allowEmpty)
          yield "";
        return 0;
      }
      *pushIndicators() {
        let n = 0;
        loop: while (true) {
          switch (this.charAt(0)) {
            case "!":
              n += yield* this.pushTag();
              n += yield* this.pushSpaces(true);
              continue loop;
            case "&":
              n += yield* this.pushUntil(isNotAnchorChar);
              n += yield* this.pushSpaces(true);
              continue loop;
            case "-":
            // this is an error
            case "?":
            // this is an error outside flow collections
            case ":": {
              const inFlow = this.flowLevel > 0;
              const ch1 = this.charAt(1);
              if (isEmpty(ch1) || inFlow && flowIndicatorChars.has(ch1)) {
                if (!inFlow)
                  this.indentNext = this.indentValue + 1;
                else if (this.flowKey)
                  this.flowKey = false;
                n += yield* this.pushCount(1);
                n += yield* this.pushSpaces(true);
                continue loop;
              }
            }
          }
          break loop;
        }
        return n;
      }
      *pushTag() {
        if (this.charAt(1) === "<") {
          let i = this.pos + 2;
          let ch = this.buffer[i];
          while (!isEmpty(ch) && ch !== ">")
            ch = this.buffer[++i];
          return yield* this.pushToIndex(ch === ">" ? i + 1 : i, false);
        } else {
          let i = this.pos + 1;
          let ch = this.buffer[i];
          while (ch) {
            if (tagChars.has(ch))
              ch = this.buffer[++i];
            else if (ch === "%" && hexDigits.has(this.buffer[i + 1]) && hexDigits.has(this.buffer[i + 2])) {
              ch = this.buffer[i += 3];
            } else
              break;
          }
          return yield* this.pushToIndex(i, false);
        }
      }
      *pushNewline() {
        const ch = this.buffer[this.pos];
        if (ch === "\n")
          return yield* this.pushCount(1);
        else if (ch === "\r" && this.charAt(1) === "\n")
          return yield* this.pushCount(2);
        else
          return 0;
      }
      *pushSpaces(allowTabs) {
        let i = this.pos - 1;
        let ch;
        do {
          ch = this.buffer[++i];
        } while (ch === " " || allowTabs && ch === "	");
        const n = i - this.pos;
        if (n > 0) {
          yield this.buffer.substr(this.pos, n);
          this.pos = i;
        }
        return n;
      }
      *pushUntil(test) {
        let i = this.pos;
        let ch = this.buffer[i];
        while (!test(ch))
          ch = this.buffer[++i];
        return yield* this.pushToIndex(i, false);
      }
    };
    exports2.Lexer = Lexer;
  }
});

// node_modules/yaml/dist/parse/line-counter.js
var require_line_counter = __commonJS({
  "node_modules/yaml/dist/parse/line-counter.js"(exports2) {
    "use strict";
    var LineCounter2 = class {
      constructor() {
        this.lineStarts = [];
        this.addNewLine = (offset) => this.lineStarts.push(offset);
        this.linePos = (offset) => {
          let low = 0;
          let high = this.lineStarts.length;
          while (low < high) {
            const mid = low + high >> 1;
            if (this.lineStarts[mid] < offset)
              low = mid + 1;
            else
              high = mid;
          }
          if (this.lineStarts[low] === offset)
            return { line: low + 1, col: 1 };
          if (low === 0)
            return { line: 0, col: offset };
          const start = this.lineStarts[low - 1];
          return { line: low, col: offset - start + 1 };
        };
      }
    };
    exports2.LineCounter = LineCounter2;
  }
});

// node_modules/yaml/dist/parse/parser.js
var require_parser = __commonJS({
  "node_modules/yaml/dist/parse/parser.js"(exports2) {
    "use strict";
    var node_process = require("process");
    var cst = require_cst();
    var lexer = require_lexer();
    function includesToken(list2, type) {
      for (let i = 0; i < list2.length; ++i)
        if (list2[i].type === type)
          return true;
      return false;
    }
    function findNonEmptyIndex(list2) {
      for (let i = 0; i < list2.length; ++i) {
        switch (list2[i].type) {
          case "space":
          case "comment":
          case "newline":
            break;
          default:
            return i;
        }
      }
      return -1;
    }
    function isFlowToken(token) {
      switch (token?.type) {
        case "alias":
        case "scalar":
        case "single-quoted-scalar":
        case "double-quoted-scalar":
        case "flow-collection":
          return true;
        default:
          return false;
      }
    }
    function getPrevProps(parent2) {
      switch (parent2.type) {
        case "document":
          return parent2.start;
        case "block-map": {
          const it = parent2.items[parent2.items.length - 1];
          return it.sep ?? it.start;
        }
        case "block-seq":
          return parent2.items[parent2.items.length - 1].start;
        /* istanbul ignore next should not happen */
        default:
          return [];
      }
    }
    function getFirstKeyStartProps(prev) {
      if (prev.length === 0)
        return [];
      let i = prev.length;
      loop: while (--i >= 0) {
        switch (prev[i].type) {
          case "doc-start":
          case "explicit-key-ind":
          case "map-value-ind":
          case "seq-item-ind":
          case "newline":
            break loop;
        }
      }
      while (prev[++i]?.type === "space") {
      }
      return prev.splice(i, prev.length);
    }
    function arrayPushArray(target, source) {
      if (source.length < 1e5)
        Array.prototype.push.apply(target, source);
      else
        for (let i = 0; i < source.length; ++i)
          target.push(source[i]);
    }
    function fixFlowSeqItems(fc) {
      if (fc.start.type === "flow-seq-start") {
        for (const it of fc.items) {
          if (it.sep && !it.value && !includesToken(it.start, "explicit-key-ind") && !includesToken(it.sep, "map-value-ind")) {
            if (it.key)
              it.value = it.key;
            delete it.key;
            if (isFlowToken(it.value)) {
              if (it.value.end)
                arrayPushArray(it.value.end, it.sep);
              else
                it.value.end = it.sep;
            } else
              arrayPushArray(it.start, it.sep);
            delete it.sep;
          }
        }
      }
    }
    var Parser = class {
      /**
       * @param onNewLine - If defined, called separately with the start position of
       *   each new line (in `parse()`, including the start of input).
       */
      constructor(onNewLine) {
        this.atNewLine = true;
        this.atScalar = false;
        this.indent = 0;
        this.offset = 0;
        this.onKeyLine = false;
        this.stack = [];
        this.source = "";
        this.type = "";
        this.lexer = new lexer.Lexer();
        this.onNewLine = onNewLine;
      }
      /**
       * Parse `source` as a YAML stream.
       * If `incomplete`, a part of the last line may be left as a buffer for the next call.
       *
       * Errors are not thrown, but yielded as `{ type: 'error', message }` tokens.
       *
       * @returns A generator of tokens representing each directive, document, and other structure.
       */
      *parse(source, incomplete = false) {
        if (this.onNewLine && this.offset === 0)
          this.onNewLine(0);
        for (const lexeme of this.lexer.lex(source, incomplete))
          yield* this.next(lexeme);
        if (!incomplete)
          yield* this.end();
      }
      /**
       * Advance the parser by the `source` of one lexical token.
       */
      *next(source) {
        this.source = source;
        if (node_process.env.LOG_TOKENS)
          console.log("|", cst.prettyToken(source));
        if (this.atScalar) {
          this.atScalar = false;
          yield* this.step();
          this.offset += source.length;
          return;
        }
        const type = cst.tokenType(source);
        if (!type) {
          const message = `Not a YAML token: ${source}`;
          yield* this.pop({ type: "error", offset: this.offset, message, source });
          this.offset += source.length;
        } else if (type === "scalar") {
          this.atNewLine = false;
          this.atScalar = true;
          this.type = "scalar";
        } else {
          this.type = type;
          yield* this.step();
          switch (type) {
            case "newline":
              this.atNewLine = true;
              this.indent = 0;
              if (this.onNewLine)
                this.onNewLine(this.offset + source.length);
              break;
            case "space":
              if (this.atNewLine && source[0] === " ")
                this.indent += source.length;
              break;
            case "explicit-key-ind":
            case "map-value-ind":
            case "seq-item-ind":
              if (this.atNewLine)
                this.indent += source.length;
              break;
            case "doc-mode":
            case "flow-error-end":
              return;
            default:
              this.atNewLine = false;
          }
          this.offset += source.length;
        }
      }
      /** Call at end of input to push out any remaining constructions */
      *end() {
        while (this.stack.length > 0)
          yield* this.pop();
      }
      get sourceToken() {
        const st = {
          type: this.type,
          offset: this.offset,
          indent: this.indent,
          source: this.source
        };
        return st;
      }
      *step() {
        const top = this.peek(1);
        if (this.type === "doc-end" && top?.type !== "doc-end") {
          while (this.stack.length > 0)
            yield* this.pop();
          this.stack.push({
            type: "doc-end",
            offset: this.offset,
            source: this.source
          });
          return;
        }
        if (!top)
          return yield* this.stream();
        switch (top.type) {
          case "document":
            return yield* this.document(top);
          case "alias":
          case "scalar":
          case "single-quoted-scalar":
          case "double-quoted-scalar":
            return yield* this.scalar(top);
          case "block-scalar":
            return yield* this.blockScalar(top);
          case "block-map":
            return yield* this.blockMap(top);
          case "block-seq":
            return yield* this.blockSequence(top);
          case "flow-collection":
            return yield* this.flowCollection(top);
          case "doc-end":
            return yield* this.documentEnd(top);
        }
        yield* this.pop();
      }
      peek(n) {
        return this.stack[this.stack.length - n];
      }
      *pop(error2) {
        const token = error2 ?? this.stack.pop();
        if (!token) {
          const message = "Tried to pop an empty stack";
          yield { type: "error", offset: this.offset, source: "", message };
        } else if (this.stack.length === 0) {
          yield token;
        } else {
          const top = this.peek(1);
          if (token.type === "block-scalar") {
            token.indent = "indent" in top ? top.indent : 0;
          } else if (token.type === "flow-collection" && top.type === "document") {
            token.indent = 0;
          }
          if (token.type === "flow-collection")
            fixFlowSeqItems(token);
          switch (top.type) {
            case "document":
              top.value = token;
              break;
            case "block-scalar":
              top.props.push(token);
              break;
            case "block-map": {
              const it = top.items[top.items.length - 1];
              if (it.value) {
                top.items.push({ start: [], key: token, sep: [] });
                this.onKeyLine = true;
                return;
              } else if (it.sep) {
                it.value = token;
              } else {
                Object.assign(it, { key: token, sep: [] });
                this.onKeyLine = !it.explicitKey;
                return;
              }
              break;
            }
            case "block-seq": {
              const it = top.items[top.items.length - 1];
              if (it.value)
                top.items.push({ start: [], value: token });
              else
                it.value = token;
              break;
            }
            case "flow-collection": {
              const it = top.items[top.items.length - 1];
              if (!it || it.value)
                top.items.push({ start: [], key: token, sep: [] });
              else if (it.sep)
                it.value = token;
              else
                Object.assign(it, { key: token, sep: [] });
              return;
            }
            /* istanbul ignore next should not happen */
            default:
              yield* this.pop();
              yield* this.pop(token);
          }
          if ((top.type === "document" || top.type === "block-map" || top.type === "block-seq") && (token.type === "block-map" || token.type === "block-seq")) {
            const last = token.items[token.items.length - 1];
            if (last && !last.sep && !last.value && last.start.length > 0 && findNonEmptyIndex(last.start) === -1 && (token.indent === 0 || last.start.every((st) => st.type !== "comment" || st.indent < token.indent))) {
              if (top.type === "document")
                top.end = last.start;
              else
                top.items.push({ start: last.start });
              token.items.splice(-1, 1);
            }
          }
        }
      }
      *stream() {
        switch (this.type) {
          case "directive-line":
            yield { type: "directive", offset: this.offset, source: this.source };
            return;
          case "byte-order-mark":
          case "space":
          case "comment":
          case "newline":
            yield this.sourceToken;
            return;
          case "doc-mode":
          case "doc-start": {
            const doc = {
              type: "document",
              offset: this.offset,
              start: []
            };
            if (this.type === "doc-start")
              doc.start.push(this.sourceToken);
            this.stack.push(doc);
            return;
          }
        }
        yield {
          type: "error",
          offset: this.offset,
          message: `Unexpected ${this.type} token in YAML stream`,
          source: this.source
        };
      }
      *document(doc) {
        if (doc.value)
          return yield* this.lineEnd(doc);
        switch (this.type) {
          case "doc-start": {
            if (findNonEmptyIndex(doc.start) !== -1) {
              yield* this.pop();
              yield* this.step();
            } else
              doc.start.push(this.sourceToken);
            return;
          }
          case "anchor":
          case "tag":
          case "space":
          case "comment":
          case "newline":
            doc.start.push(this.sourceToken);
            return;
        }
        const bv = this.startBlockValue(doc);
        if (bv)
          this.stack.push(bv);
        else {
          yield {
            type: "error",
            offset: this.offset,
            message: `Unexpected ${this.type} token in YAML document`,
            source: this.source
          };
        }
      }
      *scalar(scalar) {
        if (this.type === "map-value-ind") {
          const prev = getPrevProps(this.peek(2));
          const start = getFirstKeyStartProps(prev);
          let sep2;
          if (scalar.end) {
            sep2 = scalar.end;
            sep2.push(this.sourceToken);
            delete scalar.end;
          } else
            sep2 = [this.sourceToken];
          const map = {
            type: "block-map",
            offset: scalar.offset,
            indent: scalar.indent,
            items: [{ start, key: scalar, sep: sep2 }]
          };
          this.onKeyLine = true;
          this.stack[this.stack.length - 1] = map;
        } else
          yield* this.lineEnd(scalar);
      }
      *blockScalar(scalar) {
        switch (this.type) {
          case "space":
          case "comment":
          case "newline":
            scalar.props.push(this.sourceToken);
            return;
          case "scalar":
            scalar.source = this.source;
            this.atNewLine = true;
            this.indent = 0;
            if (this.onNewLine) {
              let nl = this.source.indexOf("\n") + 1;
              while (nl !== 0) {
                this.onNewLine(this.offset + nl);
                nl = this.source.indexOf("\n", nl) + 1;
              }
            }
            yield* this.pop();
            break;
          /* istanbul ignore next should not happen */
          default:
            yield* this.pop();
            yield* this.step();
        }
      }
      *blockMap(map) {
        const it = map.items[map.items.length - 1];
        switch (this.type) {
          case "newline":
            this.onKeyLine = false;
            if (it.value) {
              const end = "end" in it.value ? it.value.end : void 0;
              const last = Array.isArray(end) ? end[end.length - 1] : void 0;
              if (last?.type === "comment")
                end?.push(this.sourceToken);
              else
                map.items.push({ start: [this.sourceToken] });
            } else if (it.sep) {
              it.sep.push(this.sourceToken);
            } else {
              it.start.push(this.sourceToken);
            }
            return;
          case "space":
          case "comment":
            if (it.value) {
              map.items.push({ start: [this.sourceToken] });
            } else if (it.sep) {
              it.sep.push(this.sourceToken);
            } else {
              if (this.atIndentedComment(it.start, map.indent)) {
                const prev = map.items[map.items.length - 2];
                const end = prev?.value?.end;
                if (Array.isArray(end)) {
                  arrayPushArray(end, it.start);
                  end.push(this.sourceToken);
                  map.items.pop();
                  return;
                }
              }
              it.start.push(this.sourceToken);
            }
            return;
        }
        if (this.indent >= map.indent) {
          const atMapIndent = !this.onKeyLine && this.indent === map.indent;
          const atNextItem = atMapIndent && (it.sep || it.explicitKey) && this.type !== "seq-item-ind";
          let start = [];
          if (atNextItem && it.sep && !it.value) {
            const nl = [];
            for (let i = 0; i < it.sep.length; ++i) {
              const st = it.sep[i];
              switch (st.type) {
                case "newline":
                  nl.push(i);
                  break;
                case "space":
                  break;
                case "comment":
                  if (st.indent > map.indent)
                    nl.length = 0;
                  break;
                default:
                  nl.length = 0;
              }
            }
            if (nl.length >= 2)
              start = it.sep.splice(nl[1]);
          }
          switch (this.type) {
            case "anchor":
            case "tag":
              if (atNextItem || it.value) {
                start.push(this.sourceToken);
                map.items.push({ start });
                this.onKeyLine = true;
              } else if (it.sep) {
                it.sep.push(this.sourceToken);
              } else {
                it.start.push(this.sourceToken);
              }
              return;
            case "explicit-key-ind":
              if (!it.sep && !it.explicitKey) {
                it.start.push(this.sourceToken);
                it.explicitKey = true;
              } else if (atNextItem || it.value) {
                start.push(this.sourceToken);
                map.items.push({ start, explicitKey: true });
              } else {
                this.stack.push({
                  type: "block-map",
                  offset: this.offset,
                  indent: this.indent,
                  items: [{ start: [this.sourceToken], explicitKey: true }]
                });
              }
              this.onKeyLine = true;
              return;
            case "map-value-ind":
              if (it.explicitKey) {
                if (!it.sep) {
                  if (includesToken(it.start, "newline")) {
                    Object.assign(it, { key: null, sep: [this.sourceToken] });
                  } else {
                    const start2 = getFirstKeyStartProps(it.start);
                    this.stack.push({
                      type: "block-map",
                      offset: this.offset,
                      indent: this.indent,
                      items: [{ start: start2, key: null, sep: [this.sourceToken] }]
                    });
                  }
                } else if (it.value) {
                  map.items.push({ start: [], key: null, sep: [this.sourceToken] });
                } else if (includesToken(it.sep, "map-value-ind")) {
                  this.stack.push({
                    type: "block-map",
                    offset: this.offset,
                    indent: this.indent,
                    items: [{ start, key: null, sep: [this.sourceToken] }]
                  });
                } else if (isFlowToken(it.key) && !includesToken(it.sep, "newline")) {
                  const start2 = getFirstKeyStartProps(it.start);
                  const key = it.key;
                  const sep2 = it.sep;
                  sep2.push(this.sourceToken);
                  delete it.key;
                  delete it.sep;
                  this.stack.push({
                    type: "block-map",
                    offset: this.offset,
                    indent: this.indent,
                    items: [{ start: start2, key, sep: sep2 }]
                  });
                } else if (start.length > 0) {
                  it.sep = it.sep.concat(start, this.sourceToken);
                } else {
                  it.sep.push(this.sourceToken);
                }
              } else {
                if (!it.sep) {
                  Object.assign(it, { key: null, sep: [this.sourceToken] });
                } else if (it.value || atNextItem) {
                  map.items.push({ start, key: null, sep: [this.sourceToken] });
                } else if (includesToken(it.sep, "map-value-ind")) {
                  this.stack.push({
                    type: "block-map",
                    offset: this.offset,
                    indent: this.indent,
                    items: [{ start: [], key: null, sep: [this.sourceToken] }]
                  });
                } else {
                  it.sep.push(this.sourceToken);
                }
              }
              this.onKeyLine = true;
              return;
            case "alias":
            case "scalar":
            case "single-quoted-scalar":
            case "double-quoted-scalar": {
              const fs3 = this.flowScalar(this.type);
              if (atNextItem || it.value) {
                map.items.push({ start, key: fs3, sep: [] });
                this.onKeyLine = true;
              } else if (it.sep) {
                this.stack.push(fs3);
              } else {
                Object.assign(it, { key: fs3, sep: [] });
                this.onKeyLine = true;
              }
              return;
            }
            default: {
              const bv = this.startBlockValue(map);
              if (bv) {
                if (bv.type === "block-seq") {
                  if (!it.explicitKey && it.sep && !includesToken(it.sep, "newline")) {
                    yield* this.pop({
                      type: "error",
                      offset: this.offset,
                      message: "Unexpected block-seq-ind on same line with key",
                      source: this.source
                    });
                    return;
                  }
                } else if (atMapIndent) {
                  map.items.push({ start });
                }
                this.stack.push(bv);
                return;
              }
            }
          }
        }
        yield* this.pop();
        yield* this.step();
      }
      *blockSequence(seq) {
        const it = seq.items[seq.items.length - 1];
        switch (this.type) {
          case "newline":
            if (it.value) {
              const end = "end" in it.value ? it.value.end : void 0;
              const last = Array.isArray(end) ? end[end.length - 1] : void 0;
              if (last?.type === "comment")
                end?.push(this.sourceToken);
              else
                seq.items.push({ start: [this.sourceToken] });
            } else
              it.start.push(this.sourceToken);
            return;
          case "space":
          case "comment":
            if (it.value)
              seq.items.push({ start: [this.sourceToken] });
            else {
              if (this.atIndentedComment(it.start, seq.indent)) {
                const prev = seq.items[seq.items.length - 2];
                const end = prev?.value?.end;
                if (Array.isArray(end)) {
                  arrayPushArray(end, it.start);
                  end.push(this.sourceToken);
                  seq.items.pop();
                  return;
                }
              }
              it.start.push(this.sourceToken);
            }
            return;
          case "anchor":
          case "tag":
            if (it.value || this.indent <= seq.indent)
              break;
            it.start.push(this.sourceToken);
            return;
          case "seq-item-ind":
            if (this.indent !== seq.indent)
              break;
            if (it.value || includesToken(it.start, "seq-item-ind"))
              seq.items.push({ start: [this.sourceToken] });
            else
              it.start.push(this.sourceToken);
            return;
        }
        if (this.indent > seq.indent) {
          const bv = this.startBlockValue(seq);
          if (bv) {
            this.stack.push(bv);
            return;
          }
        }
        yield* this.pop();
        yield* this.step();
      }
      *flowCollection(fc) {
        const it = fc.items[fc.items.length - 1];
        if (this.type === "flow-error-end") {
          let top;
          do {
            yield* this.pop();
            top = this.peek(1);
          } while (top?.type === "flow-collection");
        } else if (fc.end.length === 0) {
          switch (this.type) {
            case "comma":
            case "explicit-key-ind":
              if (!it || it.sep)
                fc.items.push({ start: [this.sourceToken] });
              else
                it.start.push(this.sourceToken);
              return;
            case "map-value-ind":
              if (!it || it.value)
                fc.items.push({ start: [], key: null, sep: [this.sourceToken] });
              else if (it.sep)
                it.sep.push(this.sourceToken);
              else
                Object.assign(it, { key: null, sep: [this.sourceToken] });
              return;
            case "space":
            case "comment":
            case "newline":
            case "anchor":
            case "tag":
              if (!it || it.value)
                fc.items.push({ start: [this.sourceToken] });
              else if (it.sep)
                it.sep.push(this.sourceToken);
              else
                it.start.push(this.sourceToken);
              return;
            case "alias":
            case "scalar":
            case "single-quoted-scalar":
            case "double-quoted-scalar": {
              const fs3 = this.flowScalar(this.type);
              if (!it || it.value)
                fc.items.push({ start: [], key: fs3, sep: [] });
              else if (it.sep)
                this.stack.push(fs3);
              else
                Object.assign(it, { key: fs3, sep: [] });
              return;
            }
            case "flow-map-end":
            case "flow-seq-end":
              fc.end.push(this.sourceToken);
              return;
          }
          const bv = this.startBlockValue(fc);
          if (bv)
            this.stack.push(bv);
          else {
            yield* this.pop();
            yield* this.step();
          }
        } else {
          const parent2 = this.peek(2);
          if (parent2.type === "block-map" && (this.type === "map-value-ind" && parent2.indent === fc.indent || this.type === "newline" && !parent2.items[parent2.items.length - 1].sep)) {
            yield* this.pop();
            yield* this.step();
          } else if (this.type === "map-value-ind" && parent2.type !== "flow-collection") {
            const prev = getPrevProps(parent2);
            const start = getFirstKeyStartProps(prev);
            fixFlowSeqItems(fc);
            const sep2 = fc.end.splice(1, fc.end.length);
            sep2.push(this.sourceToken);
            const map = {
              type: "block-map",
              offset: fc.offset,
              indent: fc.indent,
              items: [{ start, key: fc, sep: sep2 }]
            };
            this.onKeyLine = true;
            this.stack[this.stack.length - 1] = map;
          } else {
            yield* this.lineEnd(fc);
          }
        }
      }
      flowScalar(type) {
        if (this.onNewLine) {
          let nl = this.source.indexOf("\n") + 1;
          while (nl !== 0) {
            this.onNewLine(this.offset + nl);
            nl = this.source.indexOf("\n", nl) + 1;
          }
        }
        return {
          type,
          offset: this.offset,
          indent: this.indent,
          source: this.source
        };
      }
      startBlockValue(parent2) {
        switch (this.type) {
          case "alias":
          case "scalar":
          case "single-quoted-scalar":
          case "double-quoted-scalar":
            return this.flowScalar(this.type);
          case "block-scalar-header":
            return {
              type: "block-scalar",
              offset: this.offset,
              indent: this.indent,
              props: [this.sourceToken],
              source: ""
            };
          case "flow-map-start":
          case "flow-seq-start":
            return {
              type: "flow-collection",
              offset: this.offset,
              indent: this.indent,
              start: this.sourceToken,
              items: [],
              end: []
            };
          case "seq-item-ind":
            return {
              type: "block-seq",
              offset: this.offset,
              indent: this.indent,
              items: [{ start: [this.sourceToken] }]
            };
          case "explicit-key-ind": {
            this.onKeyLine = true;
            const prev = getPrevProps(parent2);
            const start = getFirstKeyStartProps(prev);
            start.push(this.sourceToken);
            return {
              type: "block-map",
              offset: this.offset,
              indent: this.indent,
              items: [{ start, explicitKey: true }]
            };
          }
          case "map-value-ind": {
            this.onKeyLine = true;
            const prev = getPrevProps(parent2);
            const start = getFirstKeyStartProps(prev);
            return {
              type: "block-map",
              offset: this.offset,
              indent: this.indent,
              items: [{ start, key: null, sep: [this.sourceToken] }]
            };
          }
        }
        return null;
      }
      atIndentedComment(start, indent) {
        if (this.type !== "comment")
          return false;
        if (this.indent <= indent)
          return false;
        return start.every((st) => st.type === "newline" || st.type === "space");
      }
      *documentEnd(docEnd) {
        if (this.type !== "doc-mode") {
          if (docEnd.end)
            docEnd.end.push(this.sourceToken);
          else
            docEnd.end = [this.sourceToken];
          if (this.type === "newline")
            yield* this.pop();
        }
      }
      *lineEnd(token) {
        switch (this.type) {
          case "comma":
          case "doc-start":
          case "doc-end":
          case "flow-seq-end":
          case "flow-map-end":
          case "map-value-ind":
            yield* this.pop();
            yield* this.step();
            break;
          case "newline":
            this.onKeyLine = false;
          // fallthrough
          case "space":
          case "comment":
          default:
            if (token.end)
              token.end.push(this.sourceToken);
            else
              token.end = [this.sourceToken];
            if (this.type === "newline")
              yield* this.pop();
        }
      }
    };
    exports2.Parser = Parser;
  }
});

// node_modules/yaml/dist/public-api.js
var require_public_api = __commonJS({
  "node_modules/yaml/dist/public-api.js"(exports2) {
    "use strict";
    var composer = require_composer();
    var Document2 = require_Document();
    var errors = require_errors();
    var log = require_log();
    var identity2 = require_identity();
    var lineCounter = require_line_counter();
    var parser = require_parser();
    function parseOptions(options) {
      const prettyErrors = options.prettyErrors !== false;
      const lineCounter$1 = options.lineCounter || prettyErrors && new lineCounter.LineCounter() || null;
      return { lineCounter: lineCounter$1, prettyErrors };
    }
    function parseAllDocuments2(source, options = {}) {
      const { lineCounter: lineCounter2, prettyErrors } = parseOptions(options);
      const parser$1 = new parser.Parser(lineCounter2?.addNewLine);
      const composer$1 = new composer.Composer(options);
      const docs = Array.from(composer$1.compose(parser$1.parse(source)));
      if (prettyErrors && lineCounter2)
        for (const doc of docs) {
          doc.errors.forEach(errors.prettifyError(source, lineCounter2));
          doc.warnings.forEach(errors.prettifyError(source, lineCounter2));
        }
      if (docs.length > 0)
        return docs;
      return Object.assign([], { empty: true }, composer$1.streamInfo());
    }
    function parseDocument(source, options = {}) {
      const { lineCounter: lineCounter2, prettyErrors } = parseOptions(options);
      const parser$1 = new parser.Parser(lineCounter2?.addNewLine);
      const composer$1 = new composer.Composer(options);
      let doc = null;
      for (const _doc of composer$1.compose(parser$1.parse(source), true, source.length)) {
        if (!doc)
          doc = _doc;
        else if (doc.options.logLevel !== "silent") {
          doc.errors.push(new errors.YAMLParseError(_doc.range.slice(0, 2), "MULTIPLE_DOCS", "Source contains multiple documents; please use YAML.parseAllDocuments()"));
          break;
        }
      }
      if (prettyErrors && lineCounter2) {
        doc.errors.forEach(errors.prettifyError(source, lineCounter2));
        doc.warnings.forEach(errors.prettifyError(source, lineCounter2));
      }
      return doc;
    }
    function parse2(src, reviver, options) {
      let _reviver = void 0;
      if (typeof reviver === "function") {
        _reviver = reviver;
      } else if (options === void 0 && reviver && typeof reviver === "object") {
        options = reviver;
      }
      const doc = parseDocument(src, options);
      if (!doc)
        return null;
      doc.warnings.forEach((warning2) => log.warn(doc.options.logLevel, warning2));
      if (doc.errors.length > 0) {
        if (doc.options.logLevel !== "silent")
          throw doc.errors[0];
        else
          doc.errors = [];
      }
      return doc.toJS(Object.assign({ reviver: _reviver }, options));
    }
    function stringify(value, replacer, options) {
      let _replacer = null;
      if (typeof replacer === "function" || Array.isArray(replacer)) {
        _replacer = replacer;
      } else if (options === void 0 && replacer) {
        options = replacer;
      }
      if (typeof options === "string")
        options = options.length;
      if (typeof options === "number") {
        const indent = Math.round(options);
        options = indent < 1 ? void 0 : indent > 8 ? { indent: 8 } : { indent };
      }
      if (value === void 0) {
        const { keepUndefined } = options ?? replacer ?? {};
        if (!keepUndefined)
          return void 0;
      }
      if (identity2.isDocument(value) && !_replacer)
        return value.toString(options);
      return new Document2.Document(value, _replacer, options).toString(options);
    }
    exports2.parse = parse2;
    exports2.parseAllDocuments = parseAllDocuments2;
    exports2.parseDocument = parseDocument;
    exports2.stringify = stringify;
  }
});

// node_modules/yaml/dist/index.js
var require_dist = __commonJS({
  "node_modules/yaml/dist/index.js"(exports2) {
    "use strict";
    var composer = require_composer();
    var Document2 = require_Document();
    var Schema3 = require_Schema();
    var errors = require_errors();
    var Alias = require_Alias();
    var identity2 = require_identity();
    var Pair = require_Pair();
    var Scalar = require_Scalar();
    var YAMLMap = require_YAMLMap();
    var YAMLSeq = require_YAMLSeq();
    var cst = require_cst();
    var lexer = require_lexer();
    var lineCounter = require_line_counter();
    var parser = require_parser();
    var publicApi = require_public_api();
    var visit3 = require_visit();
    exports2.Composer = composer.Composer;
    exports2.Document = Document2.Document;
    exports2.Schema = Schema3.Schema;
    exports2.YAMLError = errors.YAMLError;
    exports2.YAMLParseError = errors.YAMLParseError;
    exports2.YAMLWarning = errors.YAMLWarning;
    exports2.Alias = Alias.Alias;
    exports2.isAlias = identity2.isAlias;
    exports2.isCollection = identity2.isCollection;
    exports2.isDocument = identity2.isDocument;
    exports2.isMap = identity2.isMap;
    exports2.isNode = identity2.isNode;
    exports2.isPair = identity2.isPair;
    exports2.isScalar = identity2.isScalar;
    exports2.isSeq = identity2.isSeq;
    exports2.Pair = Pair.Pair;
    exports2.Scalar = Scalar.Scalar;
    exports2.YAMLMap = YAMLMap.YAMLMap;
    exports2.YAMLSeq = YAMLSeq.YAMLSeq;
    exports2.CST = cst;
    exports2.Lexer = lexer.Lexer;
    exports2.LineCounter = lineCounter.LineCounter;
    exports2.Parser = parser.Parser;
    exports2.parse = publicApi.parse;
    exports2.parseAllDocuments = publicApi.parseAllDocuments;
    exports2.parseDocument = publicApi.parseDocument;
    exports2.stringify = publicApi.stringify;
    exports2.visit = visit3.visit;
    exports2.visitAsync = visit3.visitAsync;
  }
});

// node_modules/@actions/core/lib/command.js
var os = __toESM(require("os"));

// node_modules/@actions/core/lib/utils.js
function toCommandValue(input) {
  if (input === null || input === void 0) {
    return "";
  } else if (typeof input === "string" || input instanceof String) {
    return input;
  }
  return JSON.stringify(input);
}
function toCommandProperties(annotationProperties) {
  if (!Object.keys(annotationProperties).length) {
    return {};
  }
  return {
    title: annotationProperties.title,
    file: annotationProperties.file,
    line: annotationProperties.startLine,
    endLine: annotationProperties.endLine,
    col: annotationProperties.startColumn,
    endColumn: annotationProperties.endColumn
  };
}

// node_modules/@actions/core/lib/command.js
function issueCommand(command, properties, message) {
  const cmd = new Command(command, properties, message);
  process.stdout.write(cmd.toString() + os.EOL);
}
function issue(name, message = "") {
  issueCommand(name, {}, message);
}
var CMD_STRING = "::";
var Command = class {
  constructor(command, properties, message) {
    if (!command) {
      command = "missing.command";
    }
    this.command = command;
    this.properties = properties;
    this.message = message;
  }
  toString() {
    let cmdStr = CMD_STRING + this.command;
    if (this.properties && Object.keys(this.properties).length > 0) {
      cmdStr += " ";
      let first = true;
      for (const key in this.properties) {
        if (this.properties.hasOwnProperty(key)) {
          const val = this.properties[key];
          if (val) {
            if (first) {
              first = false;
            } else {
              cmdStr += ",";
            }
            cmdStr += `${key}=${escapeProperty(val)}`;
          }
        }
      }
    }
    cmdStr += `${CMD_STRING}${escapeData(this.message)}`;
    return cmdStr;
  }
};
function escapeData(s) {
  return toCommandValue(s).replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
}
function escapeProperty(s) {
  return toCommandValue(s).replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A").replace(/:/g, "%3A").replace(/,/g, "%2C");
}

// node_modules/@actions/core/lib/file-command.js
var crypto = __toESM(require("crypto"));
var fs = __toESM(require("fs"));
var os2 = __toESM(require("os"));
function issueFileCommand(command, message) {
  const filePath = process.env[`GITHUB_${command}`];
  if (!filePath) {
    throw new Error(`Unable to find environment variable for file command ${command}`);
  }
  if (!fs.existsSync(filePath)) {
    throw new Error(`Missing file at path: ${filePath}`);
  }
  fs.appendFileSync(filePath, `${toCommandValue(message)}${os2.EOL}`, {
    encoding: "utf8"
  });
}
function prepareKeyValueMessage(key, value) {
  const delimiter3 = `ghadelimiter_${crypto.randomUUID()}`;
  const convertedValue = toCommandValue(value);
  if (key.includes(delimiter3)) {
    throw new Error(`Unexpected input: name should not contain the delimiter "${delimiter3}"`);
  }
  if (convertedValue.includes(delimiter3)) {
    throw new Error(`Unexpected input: value should not contain the delimiter "${delimiter3}"`);
  }
  return `${key}<<${delimiter3}${os2.EOL}${convertedValue}${os2.EOL}${delimiter3}`;
}

// node_modules/@actions/core/lib/core.js
var os4 = __toESM(require("os"));

// node_modules/@actions/exec/lib/toolrunner.js
var os3 = __toESM(require("os"), 1);
var events = __toESM(require("events"), 1);
var child = __toESM(require("child_process"), 1);
var path3 = __toESM(require("path"), 1);

// node_modules/@actions/io/lib/io.js
var path2 = __toESM(require("path"), 1);

// node_modules/@actions/io/lib/io-util.js
var fs2 = __toESM(require("fs"), 1);
var path = __toESM(require("path"), 1);
var __awaiter = function(thisArg, _arguments, P, generator) {
  function adopt(value) {
    return value instanceof P ? value : new P(function(resolve2) {
      resolve2(value);
    });
  }
  return new (P || (P = Promise))(function(resolve2, reject) {
    function fulfilled(value) {
      try {
        step(generator.next(value));
      } catch (e) {
        reject(e);
      }
    }
    function rejected(value) {
      try {
        step(generator["throw"](value));
      } catch (e) {
        reject(e);
      }
    }
    function step(result) {
      result.done ? resolve2(result.value) : adopt(result.value).then(fulfilled, rejected);
    }
    step((generator = generator.apply(thisArg, _arguments || [])).next());
  });
};
var { chmod, copyFile, lstat, mkdir, open, readdir, rename, rm, rmdir, stat, symlink, unlink } = fs2.promises;
var IS_WINDOWS = process.platform === "win32";
var READONLY = fs2.constants.O_RDONLY;
function exists(fsPath) {
  return __awaiter(this, void 0, void 0, function* () {
    try {
      yield stat(fsPath);
    } catch (err) {
      if (err.code === "ENOENT") {
        return false;
      }
      throw err;
    }
    return true;
  });
}
function isRooted(p) {
  p = normalizeSeparators(p);
  if (!p) {
    throw new Error('isRooted() parameter "p" cannot be empty');
  }
  if (IS_WINDOWS) {
    return p.startsWith("\\") || /^[A-Z]:/i.test(p);
  }
  return p.startsWith("/");
}
function tryGetExecutablePath(filePath, extensions) {
  return __awaiter(this, void 0, void 0, function* () {
    let stats = void 0;
    try {
      stats = yield stat(filePath);
    } catch (err) {
      if (err.code !== "ENOENT") {
        console.log(`Unexpected error attempting to determine if executable file exists '${filePath}': ${err}`);
      }
    }
    if (stats && stats.isFile()) {
      if (IS_WINDOWS) {
        const upperExt = path.extname(filePath).toUpperCase();
        if (extensions.some((validExt) => validExt.toUpperCase() === upperExt)) {
          return filePath;
        }
      } else {
        if (isUnixExecutable(stats)) {
          return filePath;
        }
      }
    }
    const originalFilePath = filePath;
    for (const extension of extensions) {
      filePath = originalFilePath + extension;
      stats = void 0;
      try {
        stats = yield stat(filePath);
      } catch (err) {
        if (err.code !== "ENOENT") {
          console.log(`Unexpected error attempting to determine if executable file exists '${filePath}': ${err}`);
        }
      }
      if (stats && stats.isFile()) {
        if (IS_WINDOWS) {
          try {
            const directory = path.dirname(filePath);
            const upperName = path.basename(filePath).toUpperCase();
            for (const actualName of yield readdir(directory)) {
              if (upperName === actualName.toUpperCase()) {
                filePath = path.join(directory, actualName);
                break;
              }
            }
          } catch (err) {
            console.log(`Unexpected error attempting to determine the actual case of the file '${filePath}': ${err}`);
          }
          return filePath;
        } else {
          if (isUnixExecutable(stats)) {
            return filePath;
          }
        }
      }
    }
    return "";
  });
}
function normalizeSeparators(p) {
  p = p || "";
  if (IS_WINDOWS) {
    p = p.replace(/\//g, "\\");
    return p.replace(/\\\\+/g, "\\");
  }
  return p.replace(/\/\/+/g, "/");
}
function isUnixExecutable(stats) {
  return (stats.mode & 1) > 0 || (stats.mode & 8) > 0 && process.getgid !== void 0 && stats.gid === process.getgid() || (stats.mode & 64) > 0 && process.getuid !== void 0 && stats.uid === process.getuid();
}

// node_modules/@actions/io/lib/io.js
var __awaiter2 = function(thisArg, _arguments, P, generator) {
  function adopt(value) {
    return value instanceof P ? value : new P(function(resolve2) {
      resolve2(value);
    });
  }
  return new (P || (P = Promise))(function(resolve2, reject) {
    function fulfilled(value) {
      try {
        step(generator.next(value));
      } catch (e) {
        reject(e);
      }
    }
    function rejected(value) {
      try {
        step(generator["throw"](value));
      } catch (e) {
        reject(e);
      }
    }
    function step(result) {
      result.done ? resolve2(result.value) : adopt(result.value).then(fulfilled, rejected);
    }
    step((generator = generator.apply(thisArg, _arguments || [])).next());
  });
};
function which(tool, check) {
  return __awaiter2(this, void 0, void 0, function* () {
    if (!tool) {
      throw new Error("parameter 'tool' is required");
    }
    if (check) {
      const result = yield which(tool, false);
      if (!result) {
        if (IS_WINDOWS) {
          throw new Error(`Unable to locate executable file: ${tool}. Please verify either the file path exists or the file can be found within a directory specified by the PATH environment variable. Also verify the file has a valid extension for an executable file.`);
        } else {
          throw new Error(`Unable to locate executable file: ${tool}. Please verify either the file path exists or the file can be found within a directory specified by the PATH environment variable. Also check the file mode to verify the file is executable.`);
        }
      }
      return result;
    }
    const matches2 = yield findInPath(tool);
    if (matches2 && matches2.length > 0) {
      return matches2[0];
    }
    return "";
  });
}
function findInPath(tool) {
  return __awaiter2(this, void 0, void 0, function* () {
    if (!tool) {
      throw new Error("parameter 'tool' is required");
    }
    const extensions = [];
    if (IS_WINDOWS && process.env["PATHEXT"]) {
      for (const extension of process.env["PATHEXT"].split(path2.delimiter)) {
        if (extension) {
          extensions.push(extension);
        }
      }
    }
    if (isRooted(tool)) {
      const filePath = yield tryGetExecutablePath(tool, extensions);
      if (filePath) {
        return [filePath];
      }
      return [];
    }
    if (tool.includes(path2.sep)) {
      return [];
    }
    const directories = [];
    if (process.env.PATH) {
      for (const p of process.env.PATH.split(path2.delimiter)) {
        if (p) {
          directories.push(p);
        }
      }
    }
    const matches2 = [];
    for (const directory of directories) {
      const filePath = yield tryGetExecutablePath(path2.join(directory, tool), extensions);
      if (filePath) {
        matches2.push(filePath);
      }
    }
    return matches2;
  });
}

// node_modules/@actions/exec/lib/toolrunner.js
var import_timers = require("timers");
var __awaiter3 = function(thisArg, _arguments, P, generator) {
  function adopt(value) {
    return value instanceof P ? value : new P(function(resolve2) {
      resolve2(value);
    });
  }
  return new (P || (P = Promise))(function(resolve2, reject) {
    function fulfilled(value) {
      try {
        step(generator.next(value));
      } catch (e) {
        reject(e);
      }
    }
    function rejected(value) {
      try {
        step(generator["throw"](value));
      } catch (e) {
        reject(e);
      }
    }
    function step(result) {
      result.done ? resolve2(result.value) : adopt(result.value).then(fulfilled, rejected);
    }
    step((generator = generator.apply(thisArg, _arguments || [])).next());
  });
};
var IS_WINDOWS2 = process.platform === "win32";
var ToolRunner = class extends events.EventEmitter {
  constructor(toolPath, args, options) {
    super();
    if (!toolPath) {
      throw new Error("Parameter 'toolPath' cannot be null or empty.");
    }
    this.toolPath = toolPath;
    this.args = args || [];
    this.options = options || {};
  }
  _debug(message) {
    if (this.options.listeners && this.options.listeners.debug) {
      this.options.listeners.debug(message);
    }
  }
  _getCommandString(options, noPrefix) {
    const toolPath = this._getSpawnFileName();
    const args = this._getSpawnArgs(options);
    let cmd = noPrefix ? "" : "[command]";
    if (IS_WINDOWS2) {
      if (this._isCmdFile()) {
        cmd += toolPath;
        for (const a of args) {
          cmd += ` ${a}`;
        }
      } else if (options.windowsVerbatimArguments) {
        cmd += `"${toolPath}"`;
        for (const a of args) {
          cmd += ` ${a}`;
        }
      } else {
        cmd += this._windowsQuoteCmdArg(toolPath);
        for (const a of args) {
          cmd += ` ${this._windowsQuoteCmdArg(a)}`;
        }
      }
    } else {
      cmd += toolPath;
      for (const a of args) {
        cmd += ` ${a}`;
      }
    }
    return cmd;
  }
  _processLineBuffer(data, strBuffer, onLine) {
    try {
      let s = strBuffer + data.toString();
      let n = s.indexOf(os3.EOL);
      while (n > -1) {
        const line3 = s.substring(0, n);
        onLine(line3);
        s = s.substring(n + os3.EOL.length);
        n = s.indexOf(os3.EOL);
      }
      return s;
    } catch (err) {
      this._debug(`error processing line. Failed with error ${err}`);
      return "";
    }
  }
  _getSpawnFileName() {
    if (IS_WINDOWS2) {
      if (this._isCmdFile()) {
        return process.env["COMSPEC"] || "cmd.exe";
      }
    }
    return this.toolPath;
  }
  _getSpawnArgs(options) {
    if (IS_WINDOWS2) {
      if (this._isCmdFile()) {
        let argline = `/D /S /C "${this._windowsQuoteCmdArg(this.toolPath)}`;
        for (const a of this.args) {
          argline += " ";
          argline += options.windowsVerbatimArguments ? a : this._windowsQuoteCmdArg(a);
        }
        argline += '"';
        return [argline];
      }
    }
    return this.args;
  }
  _endsWith(str, end) {
    return str.endsWith(end);
  }
  _isCmdFile() {
    const upperToolPath = this.toolPath.toUpperCase();
    return this._endsWith(upperToolPath, ".CMD") || this._endsWith(upperToolPath, ".BAT");
  }
  _windowsQuoteCmdArg(arg) {
    if (!this._isCmdFile()) {
      return this._uvQuoteCmdArg(arg);
    }
    if (!arg) {
      return '""';
    }
    const cmdSpecialChars = [
      " ",
      "	",
      "&",
      "(",
      ")",
      "[",
      "]",
      "{",
      "}",
      "^",
      "=",
      ";",
      "!",
      "'",
      "+",
      ",",
      "`",
      "~",
      "|",
      "<",
      ">",
      '"'
    ];
    let needsQuotes = false;
    for (const char of arg) {
      if (cmdSpecialChars.some((x) => x === char)) {
        needsQuotes = true;
        break;
      }
    }
    if (!needsQuotes) {
      return arg;
    }
    let reverse = '"';
    let quoteHit = true;
    for (let i = arg.length; i > 0; i--) {
      reverse += arg[i - 1];
      if (quoteHit && arg[i - 1] === "\\") {
        reverse += "\\";
      } else if (arg[i - 1] === '"') {
        quoteHit = true;
        reverse += '"';
      } else {
        quoteHit = false;
      }
    }
    reverse += '"';
    return reverse.split("").reverse().join("");
  }
  _uvQuoteCmdArg(arg) {
    if (!arg) {
      return '""';
    }
    if (!arg.includes(" ") && !arg.includes("	") && !arg.includes('"')) {
      return arg;
    }
    if (!arg.includes('"') && !arg.includes("\\")) {
      return `"${arg}"`;
    }
    let reverse = '"';
    let quoteHit = true;
    for (let i = arg.length; i > 0; i--) {
      reverse += arg[i - 1];
      if (quoteHit && arg[i - 1] === "\\") {
        reverse += "\\";
      } else if (arg[i - 1] === '"') {
        quoteHit = true;
        reverse += "\\";
      } else {
        quoteHit = false;
      }
    }
    reverse += '"';
    return reverse.split("").reverse().join("");
  }
  _cloneExecOptions(options) {
    options = options || {};
    const result = {
      cwd: options.cwd || process.cwd(),
      env: options.env || process.env,
      silent: options.silent || false,
      windowsVerbatimArguments: options.windowsVerbatimArguments || false,
      failOnStdErr: options.failOnStdErr || false,
      ignoreReturnCode: options.ignoreReturnCode || false,
      delay: options.delay || 1e4
    };
    result.outStream = options.outStream || process.stdout;
    result.errStream = options.errStream || process.stderr;
    return result;
  }
  _getSpawnOptions(options, toolPath) {
    options = options || {};
    const result = {};
    result.cwd = options.cwd;
    result.env = options.env;
    result["windowsVerbatimArguments"] = options.windowsVerbatimArguments || this._isCmdFile();
    if (options.windowsVerbatimArguments) {
      result.argv0 = `"${toolPath}"`;
    }
    return result;
  }
  /**
   * Exec a tool.
   * Output will be streamed to the live console.
   * Returns promise with return code
   *
   * @param     tool     path to tool to exec
   * @param     options  optional exec options.  See ExecOptions
   * @returns   number
   */
  exec() {
    return __awaiter3(this, void 0, void 0, function* () {
      if (!isRooted(this.toolPath) && (this.toolPath.includes("/") || IS_WINDOWS2 && this.toolPath.includes("\\"))) {
        this.toolPath = path3.resolve(process.cwd(), this.options.cwd || process.cwd(), this.toolPath);
      }
      this.toolPath = yield which(this.toolPath, true);
      return new Promise((resolve2, reject) => __awaiter3(this, void 0, void 0, function* () {
        this._debug(`exec tool: ${this.toolPath}`);
        this._debug("arguments:");
        for (const arg of this.args) {
          this._debug(`   ${arg}`);
        }
        const optionsNonNull = this._cloneExecOptions(this.options);
        if (!optionsNonNull.silent && optionsNonNull.outStream) {
          optionsNonNull.outStream.write(this._getCommandString(optionsNonNull) + os3.EOL);
        }
        const state = new ExecState(optionsNonNull, this.toolPath);
        state.on("debug", (message) => {
          this._debug(message);
        });
        if (this.options.cwd && !(yield exists(this.options.cwd))) {
          return reject(new Error(`The cwd: ${this.options.cwd} does not exist!`));
        }
        const fileName = this._getSpawnFileName();
        const cp = child.spawn(fileName, this._getSpawnArgs(optionsNonNull), this._getSpawnOptions(this.options, fileName));
        let stdbuffer = "";
        if (cp.stdout) {
          cp.stdout.on("data", (data) => {
            if (this.options.listeners && this.options.listeners.stdout) {
              this.options.listeners.stdout(data);
            }
            if (!optionsNonNull.silent && optionsNonNull.outStream) {
              optionsNonNull.outStream.write(data);
            }
            stdbuffer = this._processLineBuffer(data, stdbuffer, (line3) => {
              if (this.options.listeners && this.options.listeners.stdline) {
                this.options.listeners.stdline(line3);
              }
            });
          });
        }
        let errbuffer = "";
        if (cp.stderr) {
          cp.stderr.on("data", (data) => {
            state.processStderr = true;
            if (this.options.listeners && this.options.listeners.stderr) {
              this.options.listeners.stderr(data);
            }
            if (!optionsNonNull.silent && optionsNonNull.errStream && optionsNonNull.outStream) {
              const s = optionsNonNull.failOnStdErr ? optionsNonNull.errStream : optionsNonNull.outStream;
              s.write(data);
            }
            errbuffer = this._processLineBuffer(data, errbuffer, (line3) => {
              if (this.options.listeners && this.options.listeners.errline) {
                this.options.listeners.errline(line3);
              }
            });
          });
        }
        cp.on("error", (err) => {
          state.processError = err.message;
          state.processExited = true;
          state.processClosed = true;
          state.CheckComplete();
        });
        cp.on("exit", (code2) => {
          state.processExitCode = code2;
          state.processExited = true;
          this._debug(`Exit code ${code2} received from tool '${this.toolPath}'`);
          state.CheckComplete();
        });
        cp.on("close", (code2) => {
          state.processExitCode = code2;
          state.processExited = true;
          state.processClosed = true;
          this._debug(`STDIO streams have closed for tool '${this.toolPath}'`);
          state.CheckComplete();
        });
        state.on("done", (error2, exitCode) => {
          if (stdbuffer.length > 0) {
            this.emit("stdline", stdbuffer);
          }
          if (errbuffer.length > 0) {
            this.emit("errline", errbuffer);
          }
          cp.removeAllListeners();
          if (error2) {
            reject(error2);
          } else {
            resolve2(exitCode);
          }
        });
        if (this.options.input) {
          if (!cp.stdin) {
            throw new Error("child process missing stdin");
          }
          cp.stdin.end(this.options.input);
        }
      }));
    });
  }
};
function argStringToArray(argString) {
  const args = [];
  let inQuotes = false;
  let escaped2 = false;
  let arg = "";
  function append(c) {
    if (escaped2 && c !== '"') {
      arg += "\\";
    }
    arg += c;
    escaped2 = false;
  }
  for (let i = 0; i < argString.length; i++) {
    const c = argString.charAt(i);
    if (c === '"') {
      if (!escaped2) {
        inQuotes = !inQuotes;
      } else {
        append(c);
      }
      continue;
    }
    if (c === "\\" && escaped2) {
      append(c);
      continue;
    }
    if (c === "\\" && inQuotes) {
      escaped2 = true;
      continue;
    }
    if (c === " " && !inQuotes) {
      if (arg.length > 0) {
        args.push(arg);
        arg = "";
      }
      continue;
    }
    append(c);
  }
  if (arg.length > 0) {
    args.push(arg.trim());
  }
  return args;
}
var ExecState = class _ExecState extends events.EventEmitter {
  constructor(options, toolPath) {
    super();
    this.processClosed = false;
    this.processError = "";
    this.processExitCode = 0;
    this.processExited = false;
    this.processStderr = false;
    this.delay = 1e4;
    this.done = false;
    this.timeout = null;
    if (!toolPath) {
      throw new Error("toolPath must not be empty");
    }
    this.options = options;
    this.toolPath = toolPath;
    if (options.delay) {
      this.delay = options.delay;
    }
  }
  CheckComplete() {
    if (this.done) {
      return;
    }
    if (this.processClosed) {
      this._setResult();
    } else if (this.processExited) {
      this.timeout = (0, import_timers.setTimeout)(_ExecState.HandleTimeout, this.delay, this);
    }
  }
  _debug(message) {
    this.emit("debug", message);
  }
  _setResult() {
    let error2;
    if (this.processExited) {
      if (this.processError) {
        error2 = new Error(`There was an error when attempting to execute the process '${this.toolPath}'. This may indicate the process failed to start. Error: ${this.processError}`);
      } else if (this.processExitCode !== 0 && !this.options.ignoreReturnCode) {
        error2 = new Error(`The process '${this.toolPath}' failed with exit code ${this.processExitCode}`);
      } else if (this.processStderr && this.options.failOnStdErr) {
        error2 = new Error(`The process '${this.toolPath}' failed because one or more lines were written to the STDERR stream`);
      }
    }
    if (this.timeout) {
      clearTimeout(this.timeout);
      this.timeout = null;
    }
    this.done = true;
    this.emit("done", error2, this.processExitCode);
  }
  static HandleTimeout(state) {
    if (state.done) {
      return;
    }
    if (!state.processClosed && state.processExited) {
      const message = `The STDIO streams did not close within ${state.delay / 1e3} seconds of the exit event from process '${state.toolPath}'. This may indicate a child process inherited the STDIO streams and has not yet exited.`;
      state._debug(message);
    }
    state._setResult();
  }
};

// node_modules/@actions/exec/lib/exec.js
var __awaiter4 = function(thisArg, _arguments, P, generator) {
  function adopt(value) {
    return value instanceof P ? value : new P(function(resolve2) {
      resolve2(value);
    });
  }
  return new (P || (P = Promise))(function(resolve2, reject) {
    function fulfilled(value) {
      try {
        step(generator.next(value));
      } catch (e) {
        reject(e);
      }
    }
    function rejected(value) {
      try {
        step(generator["throw"](value));
      } catch (e) {
        reject(e);
      }
    }
    function step(result) {
      result.done ? resolve2(result.value) : adopt(result.value).then(fulfilled, rejected);
    }
    step((generator = generator.apply(thisArg, _arguments || [])).next());
  });
};
function exec(commandLine, args, options) {
  return __awaiter4(this, void 0, void 0, function* () {
    const commandArgs = argStringToArray(commandLine);
    if (commandArgs.length === 0) {
      throw new Error(`Parameter 'commandLine' cannot be null or empty.`);
    }
    const toolPath = commandArgs[0];
    args = commandArgs.slice(1).concat(args || []);
    const runner = new ToolRunner(toolPath, args, options);
    return runner.exec();
  });
}

// node_modules/@actions/core/lib/core.js
var ExitCode;
(function(ExitCode2) {
  ExitCode2[ExitCode2["Success"] = 0] = "Success";
  ExitCode2[ExitCode2["Failure"] = 1] = "Failure";
})(ExitCode || (ExitCode = {}));
function setSecret(secret) {
  issueCommand("add-mask", {}, secret);
}
function getInput(name, options) {
  const val = process.env[`INPUT_${name.replace(/ /g, "_").toUpperCase()}`] || "";
  if (options && options.required && !val) {
    throw new Error(`Input required and not supplied: ${name}`);
  }
  if (options && options.trimWhitespace === false) {
    return val;
  }
  return val.trim();
}
function setOutput(name, value) {
  const filePath = process.env["GITHUB_OUTPUT"] || "";
  if (filePath) {
    return issueFileCommand("OUTPUT", prepareKeyValueMessage(name, value));
  }
  process.stdout.write(os4.EOL);
  issueCommand("set-output", { name }, toCommandValue(value));
}
function setFailed(message) {
  process.exitCode = ExitCode.Failure;
  error(message);
}
function isDebug() {
  return process.env["RUNNER_DEBUG"] === "1";
}
function debug(message) {
  issueCommand("debug", {}, message);
}
function error(message, properties = {}) {
  issueCommand("error", toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
function warning(message, properties = {}) {
  issueCommand("warning", toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
function info(message) {
  process.stdout.write(message + os4.EOL);
}
function startGroup(name) {
  issue("group", name);
}
function endGroup() {
  issue("endgroup");
}

// src/lib/run-action.ts
var LAST_LINES_MS = 1e3;
var runAction = (main2, fail) => {
  const onStray = (error2) => {
    fail(
      `Unexpected error: ${error2 instanceof Error ? error2.message : String(error2)}. This is a bug; please report it.`
    );
    process.exit();
  };
  process.on("uncaughtException", onStray);
  process.on("unhandledRejection", onStray);
  const end = () => process.exit();
  main2().then(() => {
    process.stdout.write("", end);
    setTimeout(end, LAST_LINES_MS).unref();
  }, onStray);
};

// src/bidirectional/main.ts
var import_node_fs5 = require("node:fs");
var import_node_os2 = require("node:os");

// src/github/client.ts
init_json();
init_printable();
init_retry();

// src/github/errors.ts
var GitHubError = class extends Error {
  name = "GitHubError";
  code;
  /** What to do next, as a sentence; `''` when there is nothing to add. */
  hint;
  /** HTTP status, 0 without an answer. */
  status;
  /** Milliseconds to wait before trying again, if GitHub says so. */
  retryAfterMs;
  constructor(code2, message, options = {}) {
    super(message);
    this.code = code2;
    this.hint = options.hint ?? "";
    this.status = options.status ?? 0;
    this.retryAfterMs = options.retryAfterMs;
  }
};
function answered({ cannot, permission }, answer, nowS) {
  const { status, headers, message } = answer;
  const said2 = `${cannot}: GitHub says ${status}${message === "" ? "" : `, ${message}`}`;
  const permit = `Add \`${permission}\` to the \`permissions:\` of the job; pull requests from forks get a token that only reads.`;
  if (status === 401) {
    return new GitHubError("unauthenticated", said2, {
      status,
      hint: `Check \`github-token\`: \`\${{ github.token }}\` is the one of the job.`
    });
  }
  if (status === 429 || status === 403 && isRateLimit(headers, message)) {
    return new GitHubError("rate-limited", said2, { status, retryAfterMs: waitOf(headers, nowS) ?? UNTOLD_WAIT_MS });
  }
  if (status === 403) return new GitHubError("forbidden", said2, { status, hint: permit });
  if (status === 404) return new GitHubError("not-found", said2, { status, hint: permit });
  if (status >= 500) return new GitHubError("unavailable", said2, { status, retryAfterMs: waitOf(headers, nowS) });
  return new GitHubError("invalid", said2, { status });
}
var UNTOLD_WAIT_MS = 6e4;
var isRateLimit = (headers, message) => headers["retry-after"] !== void 0 || headers["x-ratelimit-remaining"] === "0" || /rate limit/i.test(message);
function waitOf(headers, nowS) {
  const after = Number(headers["retry-after"] ?? Number.NaN);
  if (after >= 0) return after * 1e3;
  const reset = Number(headers["x-ratelimit-reset"] ?? Number.NaN);
  if (headers["x-ratelimit-remaining"] === "0" && reset > nowS) return (reset - nowS) * 1e3;
  return void 0;
}
var isAmbiguous = ({ code: code2 }) => code2 === "unavailable" || code2 === "network" || code2 === "timeout";
var isRefusedForNow = ({ code: code2, retryAfterMs: retryAfterMs2 }, patienceMs) => code2 === "rate-limited" && (retryAfterMs2 ?? 0) <= patienceMs;

// src/github/client.ts
var REQUEST_TIMEOUT_MS = 1e4;
var PATIENCE_MS = 2e4;
var PAGE_SIZE = 100;
var MESSAGE_MAX = 300;
function createGitHubClient(token, apiUrl, deps) {
  const { clock, log } = deps;
  let loading;
  const load = async () => {
    const { getOctokit } = await import("./github.cjs");
    const silent = () => {
    };
    return getOctokit(token, {
      baseUrl: apiUrl,
      userAgent: "gitopssync",
      // It would write to the console, where server text could form workflow commands.
      log: { debug: silent, info: silent, warn: silent, error: silent }
    });
  };
  const once = async (call, signal) => {
    const { cannot, route, parameters, accept } = call;
    const stop = new AbortController();
    let late = false;
    const cancelTimer = clock.schedule(REQUEST_TIMEOUT_MS, () => {
      late = true;
      stop.abort(new Error("no answer in time"));
    });
    const onAbort = () => stop.abort(new Error("stopped"));
    if (signal.aborted) onAbort();
    signal.addEventListener("abort", onAbort, { once: true });
    const startedMs = clock.now();
    const told = (status) => log?.(`GitHub ${route} \u2192 ${status} in ${Math.round(clock.now() - startedMs)} ms`);
    try {
      loading ??= load();
      const octokit = await loading;
      const answer = await octokit.request(route, {
        ...parameters,
        headers: { accept: accept ?? "application/vnd.github+json", "x-github-api-version": "2022-11-28" },
        request: { signal: stop.signal }
      });
      told(answer.status);
      return answer;
    } catch (error2) {
      told(record(record(error2).response).status ?? "no answer");
      if (signal.aborted) throw new GitHubError("aborted", `${cannot}: stopped`);
      if (late) {
        throw new GitHubError("timeout", `${cannot}: no answer from GitHub within ${REQUEST_TIMEOUT_MS / 1e3} s`);
      }
      throw translate(call, error2, clock.date().getTime() / 1e3);
    } finally {
      cancelTimer();
      signal.removeEventListener("abort", onAbort);
    }
  };
  const patiently = async (call, signal) => {
    try {
      return await retry(() => once(call, signal), {
        decide: (error2) => ({
          again: error2 instanceof GitHubError && (isRefusedForNow(error2, PATIENCE_MS) || call.once !== true && isAmbiguous(error2)),
          afterMs: error2 instanceof GitHubError ? error2.retryAfterMs : void 0
        }),
        delay: (ms, at) => clock.delay(ms, at),
        random: () => clock.random(),
        signal,
        onRetry: (error2, attempt2) => log?.(`try ${attempt2}: ${error2 instanceof Error ? error2.message : String(error2)}`)
      });
    } catch (error2) {
      throw error2 instanceof GitHubError ? error2 : new GitHubError("aborted", `${call.cannot}: stopped`);
    }
  };
  return {
    async send(call, signal) {
      return (await patiently(call, signal)).data;
    },
    async *pages(call, signal, atMost2) {
      for (let page = 1; page <= atMost2; page++) {
        const parameters = { ...call.parameters, per_page: PAGE_SIZE, page };
        const { data, headers } = await patiently({ ...call, parameters }, signal);
        yield list(data);
        if (!/rel="next"/.test(text(headers.link))) return;
      }
    }
  };
}
function translate(call, error2, nowS) {
  const answer = record(record(error2).response);
  if (typeof answer.status === "number") {
    const { status } = answer;
    return answered(call, { status, headers: record(answer.headers), message: wordsOf(answer.data) }, nowS);
  }
  const cause = innermost(error2);
  const why = oneLine(cause instanceof Error ? cause.message : String(cause), MESSAGE_MAX);
  return new GitHubError("network", `${call.cannot}: GitHub cannot be reached${why === "" ? "" : `, ${why}`}`);
}
var innermost = (error2) => error2 instanceof Error && error2.cause instanceof Error ? innermost(error2.cause) : error2;
function wordsOf(data) {
  if (!isRecord(data)) return "";
  const details = list(data.errors).map((item) => typeof item === "string" ? item : text(record(item).message));
  return oneLine([text(data.message), ...details].filter((part) => part !== "").join("; "), MESSAGE_MAX);
}

// src/github/event.ts
init_json();
function readRun(env, readFile) {
  const [owner = "", name = ""] = (env.GITHUB_REPOSITORY ?? "").split("/");
  const event = readEvent(env.GITHUB_EVENT_PATH ?? "", readFile);
  const pull = record(event.pull_request);
  const issue2 = record(event.issue);
  const merged2 = flag(pull.merged) ? text(pull.merge_commit_sha) : "";
  return {
    apiUrl: (env.GITHUB_API_URL || "https://api.github.com").replace(/\/+$/, ""),
    serverUrl: env.GITHUB_SERVER_URL || "https://github.com",
    repository: owner === "" || name === "" ? void 0 : { owner, name },
    commit: merged2 || text(record(pull.head).sha) || (env.GITHUB_SHA ?? ""),
    pull: number(pull.number) ?? (issue2.pull_request === void 0 ? void 0 : number(issue2.number))
  };
}
function readEvent(path5, readFile) {
  if (path5 === "") return {};
  try {
    return record(JSON.parse(readFile(path5)));
  } catch {
    return {};
  }
}

// src/github/repository.ts
var PART = /^[A-Za-z0-9_.-]+$/;
function repositoryAt(address, serverUrl) {
  const home = hostOf(serverUrl);
  const text5 = address.trim();
  const url = /^(?:https?|ssh|git):\/\/(?:[^@/]*@)?([^/]+)\/(.+)$/i.exec(text5);
  const short = /^(?:[^@/\s]+@)?([^:/\s]+):(?!\/\/)(.+)$/.exec(text5);
  const [, host = "", path5 = ""] = url ?? short ?? [];
  if (home === "" || !isHome(host.toLowerCase(), home)) return void 0;
  const [owner = "", name = "", ...more2] = path5.replace(/^\/+|\/+$/g, "").replace(/\.git$/i, "").split("/");
  return more2.length === 0 && PART.test(owner) && PART.test(name) ? { owner, name } : void 0;
}
var hostOf = (serverUrl) => URL.canParse(serverUrl) ? new URL(serverUrl).host.toLowerCase() : "";
var isHome = (host, home) => {
  const bare = host.replace(/:(?:22|443|80)$/, "");
  return host === home || bare === home || bare === `ssh.${home}` || bare === `www.${home}`;
};

// src/lib/clock.ts
var systemClock = {
  now: () => performance.now(),
  date: () => /* @__PURE__ */ new Date(),
  schedule(ms, run2) {
    const timer = setTimeout(run2, ms);
    return () => clearTimeout(timer);
  },
  delay(ms, signal) {
    return new Promise((resolve2, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const onAbort = () => {
        clearTimeout(timer);
        reject(signal.reason);
      };
      const timer = setTimeout(() => {
        signal.removeEventListener("abort", onAbort);
        resolve2();
      }, ms);
      signal.addEventListener("abort", onAbort, { once: true });
    });
  },
  random: Math.random
};

// src/bidirectional/main.ts
init_printable();

// src/lib/redact.ts
var MIN_SECRET_LENGTH = 5;
var MIN_LINE_LENGTH = 12;
var MASK = "***";
var base64Forms = (secret) => {
  const bytes = Buffer.from(secret);
  return [0, 1, 2].flatMap((offset) => {
    const shifted = Buffer.concat([Buffer.alloc(offset), bytes]);
    const from = Math.ceil(offset * 8 / 6);
    const to = Math.floor(shifted.length * 8 / 6);
    return [shifted.toString("base64").slice(from, to), shifted.toString("base64url").slice(from, to)];
  });
};
var formsOf = (secret) => {
  const text5 = secret.toWellFormed();
  const url = encodeURIComponent(text5);
  const encoded = [
    ...base64Forms(text5),
    url,
    url.replace(/%[0-9A-F]{2}/g, (code2) => code2.toLowerCase()),
    url.replaceAll("%20", "+"),
    JSON.stringify(text5).slice(1, -1)
  ].filter((form) => form.length >= MIN_SECRET_LENGTH + 1);
  const lines3 = text5.split(/\r\n|\r|\n/).map((line3) => line3.trim());
  return [secret, ...encoded, ...lines3.length > 1 ? lines3.filter((line3) => line3.length >= MIN_LINE_LENGTH) : []];
};
var rangesOf = (text5, forms) => {
  const found = [];
  for (const form of forms) {
    for (let at = text5.indexOf(form); at !== -1; at = text5.indexOf(form, at + 1)) found.push([at, at + form.length]);
  }
  found.sort((a, b) => a[0] - b[0]);
  const merged2 = [];
  for (const range of found) {
    const last = merged2.at(-1);
    if (last !== void 0 && range[0] <= last[1]) last[1] = Math.max(last[1], range[1]);
    else merged2.push(range);
  }
  return merged2;
};
var createRedactor = () => {
  const forms = /* @__PURE__ */ new Set();
  let any;
  return {
    known: () => forms.size,
    register(secret) {
      const trimmed = secret.trim();
      if (trimmed.length < MIN_SECRET_LENGTH) return;
      for (const form of formsOf(trimmed)) forms.add(form);
      any = new RegExp([...forms].map((form) => form.replace(/[$()*+.?[\\\]^{|}]/g, "\\$&")).join("|"));
    },
    redact(text5) {
      if (any === void 0 || !any.test(text5)) return text5;
      const kept = [];
      let from = 0;
      for (const [start, end] of rangesOf(text5, forms)) {
        kept.push(text5.slice(from, start));
        from = end;
      }
      return [...kept, text5.slice(from)].join(MASK);
    }
  };
};

// src/report/style.ts
var sgr = (code2) => (text5) => text5 === "" ? "" : `\x1B[${code2}m${text5}\x1B[0m`;
var colours = { highlight: sgr(1), mute: sgr(90) };

// src/report/writer.ts
init_printable();
init_workflow_command();

// src/report/annotations.ts
init_printable();

// src/report/limits.ts
var OUTPUTS_MAX_UNITS = 45e4;
var OUTPUT_MESSAGE_MAX = 1e3;
var SUMMARY_MAX_BYTES = 95e4;
var SUMMARY_OPEN_ROWS = 10;
var SUMMARY_MESSAGE_MAX = 300;
var ANNOTATIONS_MAX = 10;
var ANNOTATION_MESSAGE_MAX = 1e3;
var REPORT_TEXT_MAX = 16384;

// src/lib/once-for-each.ts
var onceForEach = (make) => {
  const made = /* @__PURE__ */ new WeakMap();
  return (of) => {
    const before = made.get(of);
    if (before !== void 0) return before.value;
    const value = make(of);
    made.set(of, { value });
    return value;
  };
};

// src/report/naming.ts
var createNaming = onceForEach((refs) => {
  const seen = /* @__PURE__ */ new Set();
  const ambiguous = /* @__PURE__ */ new Set();
  for (const { name } of refs) (seen.has(name) ? ambiguous : seen).add(name);
  return ({ namespace, name }) => ambiguous.has(name) && namespace !== "" ? `${namespace}/${name}` : name;
});

// src/argocd/verdict.ts
var PASSING = ["healthy", "synced", "triggered", "unchanged", "planned", "terminated", "skipped"];
var FAILING = [
  "sync-failed",
  "degraded",
  "timed-out",
  "blocked",
  "conflict",
  "not-found",
  "forbidden",
  "deleted",
  "mismatch",
  "cancelled",
  "error"
];

// src/report/standing.ts
var standingOf = (verdict) => {
  if (verdict === "timed-out") return "timed-out";
  return PASSING.includes(verdict) ? "passed" : "failed";
};

// src/report/verdict-words.ts
var VERDICT_ORDER = [...PASSING, ...FAILING];
var verdictWords = (name) => name.replaceAll("-", " ");

// src/report/junit.ts
init_printable();

// src/lib/xml.ts
init_printable();

// src/report/outputs.ts
init_printable();
var FIELDS = [
  "name",
  "namespace",
  "project",
  "cluster",
  "verdict",
  "message",
  "syncStatus",
  "healthStatus",
  "phase",
  "revisions",
  "operationId",
  "startedAt",
  "finishedAt",
  "durationMs",
  "url"
];
var shownValue = (application, field, messageMax) => {
  const value = application[field];
  if (field === "name" || field === "namespace") return value;
  return typeof value === "string" ? oneLine(value, field === "message" ? messageMax : OUTPUT_MESSAGE_MAX) : value;
};
var WHOLE = { fields: FIELDS, messageMax: OUTPUT_MESSAGE_MAX };
var member = (application, field, messageMax) => `"${field}":${JSON.stringify(shownValue(application, field, messageMax))}`;
var wholeOf = onceForEach((application) => {
  const members = FIELDS.map((field) => member(application, field, WHOLE.messageMax));
  return { application, members, units: members.reduce((sum, { length }) => sum + length + 1, 1) };
});
var MESSAGE = FIELDS.indexOf("message");

// src/lib/duration.ts
var UNITS = { d: 864e5, h: 36e5, m: 6e4, s: 1e3, ms: 1 };
var PART2 = /^(\d{1,12}(?:\.\d{1,6})?)(ms|d|h|m|s)\s*/;
var parseDuration = (text5) => {
  let rest = text5.trim();
  if (rest === "") return void 0;
  let total = 0;
  let smallest = Number.POSITIVE_INFINITY;
  while (rest !== "") {
    const part = PART2.exec(rest);
    if (part === null) return void 0;
    const unit = UNITS[part[2]];
    if (unit >= smallest) return void 0;
    smallest = unit;
    total += Number(part[1]) * unit;
    rest = rest.slice(part[0].length);
  }
  const milliseconds = Math.round(total);
  return Number.isSafeInteger(milliseconds) ? milliseconds : void 0;
};
var formatDuration = (milliseconds) => {
  let rest = Math.max(0, Math.round(milliseconds));
  let text5 = "";
  for (const unit of ["h", "m", "s", "ms"]) {
    const count = Math.floor(rest / UNITS[unit]);
    rest -= count * UNITS[unit];
    if (count > 0) text5 += `${count}${unit}`;
  }
  return text5 === "" ? "0s" : text5;
};
var formatElapsed = (milliseconds) => {
  const tenths = Math.round(Math.max(0, milliseconds) / 100);
  return tenths < 100 ? `${tenths / 10}s` : formatDuration(Math.round(milliseconds / 1e3) * 1e3);
};

// src/lib/markdown.ts
init_printable();
var SPECIAL = /[&<>`*_~[\]\\|@#$]|:(?! |$)/g;
var PLAIN2 = /^[A-Za-z](?: ?[A-Za-z0-9-])*$/;
var entity = (char) => `&#${char.codePointAt(0) ?? 32};`;
var special = (char) => {
  if (char === "@" || char === "#") return `${entity(char)}&#8203;`;
  if (char === "$") return "<span>$</span>";
  return entity(char);
};
var markdownText = (text5, max = Number.POSITIVE_INFINITY) => text5.length <= max && PLAIN2.test(text5) ? text5 : escaped(oneLine(text5, max));
var escaped = (line3) => line3.replace(SPECIAL, special).replace(/(www)\./gi, "$1&#46;").replace(/^[-+=]/, entity).replace(/^(\d{1,9})([.)])/, (_, digits, mark) => digits + entity(mark));
var htmlText = (text5, max = Number.POSITIVE_INFINITY) => oneLine(text5, max).replace(/[&<>"']/g, entity);
var markdownLink = (text5, address) => {
  const url = webAddress(address);
  return url === "" ? text5 : `[${text5}](${url})`;
};
var webAddress = (address) => {
  if (!URL.canParse(address)) return "";
  const url = new URL(address);
  if (url.protocol !== "https:" && url.protocol !== "http:" || url.username !== "" || url.password !== "") return "";
  return url.href.replace(
    /[^A-Za-z0-9\-._~:/?#@&+,;=%[\]]/gu,
    (char) => encodeURIComponent(char).replace(/[!'()*]/, (kept) => `%${kept.charCodeAt(0).toString(16).toUpperCase()}`)
  ).replaceAll("&", "&amp;");
};

// src/report/summary.ts
init_text();

// src/report/exclusions.ts
init_printable();

// src/report/markdown-table.ts
var line = (cells) => `| ${cells.join(" | ")} |`;
var block = (head, rows) => [line(head), line(head.map(() => "---")), ...rows].join("\n");
var markdownTable = ({ head, rows }, limits) => {
  const fitting = [];
  let bytes = 0;
  for (const row of rows) {
    const text5 = line(row());
    bytes += Buffer.byteLength(text5) + 1;
    if (bytes > limits.maxBytes && fitting.length > 0) break;
    fitting.push(text5);
  }
  if (fitting.length === 0) return "";
  const left2 = rows.length - fitting.length;
  const open2 = fitting.slice(0, limits.openRows);
  const folded2 = fitting.slice(limits.openRows);
  return [
    block(head, open2),
    ...folded2.length > 0 ? [`<details><summary>${limits.foldTitle(folded2.length + left2)}</summary>`, block(head, folded2), "</details>"] : [],
    ...left2 > 0 ? [`\u2026 and ${left2} more, in the report file (output \`report\`)`] : []
  ].join("\n\n");
};

// src/report/status-symbols.ts
var HEALTH_SYMBOLS = {
  Healthy: "\u{1F49A}",
  Suspended: "\u23F8\uFE0F",
  Progressing: "\u{1F504}",
  Missing: "\u{1F47B}",
  Degraded: "\u{1F494}",
  Unknown: "\u2754"
};
var SYNC_SYMBOLS = {
  Synced: "\u2705",
  OutOfSync: "\u2B06\uFE0F",
  Unknown: "\u2754"
};
var verdictSymbol = (name) => {
  if (name === "cancelled") return "\u{1F6AB}";
  if (name === "skipped") return "\u23ED\uFE0F";
  return { passed: "\u2705", failed: "\u274C", "timed-out": "\u23F1\uFE0F" }[standingOf(name)];
};

// src/lib/mermaid.ts
init_printable();

// src/report/timeline.ts
var TICKS = [
  [1e4, "1second"],
  [6e4, "5second"],
  [18e4, "15second"],
  [72e4, "1minute"],
  [36e5, "5minute"],
  [4 * 36e5, "20minute"],
  [24 * 36e5, "2hour"]
];

// src/report/summary.ts
var REVISION_LENGTH = 7;
var text2 = (value) => markdownText(value, SUMMARY_MESSAGE_MAX);
var whole = (words) => words.replaceAll(" ", "\xA0");
var sync = (status) => status === null ? "" : whole(`${SYNC_SYMBOLS[status]} ${status}`);
var health = (status) => status === null ? "" : whole(`${HEALTH_SYMBOLS[status]} ${status}`);
var revision = (value) => /^[0-9a-f]{40,64}$/.test(value) ? value.slice(0, REVISION_LENGTH) : text2(value);
var rowNamed = (application, name) => [
  markdownLink(text2(name), application.url),
  whole(`${verdictSymbol(application.verdict)} ${verdictWords(application.verdict)}`),
  sync(application.syncStatus),
  health(application.healthStatus),
  application.revisions.map(revision).join(", "),
  formatElapsed(application.durationMs),
  // What is as wanted needs no words.
  application.verdict === "healthy" || application.verdict === "synced" ? "" : text2(application.message)
];
var plainRow = onceForEach((application) => rowNamed(application, application.name));

// src/report/writer.ts
var actions = { setOutput, error, warning, info, startGroup, endGroup };
var createLogWriter = (redact, core = actions) => {
  const safe2 = (text5) => defuse(redact(text5).replace(/[\r\n]+/g, " "));
  return {
    line: (text5) => core.info(safe2(text5)),
    // A thousand writes, one after another, would hold the step up.
    all: (texts2) => core.info(texts2.map(safe2).join("\n")),
    open: (title) => core.startGroup(safe2(title)),
    close: () => core.endGroup()
  };
};
var WRITE_UNITS = 64 * 1024;

// src/argocd/deps.ts
var import_node_perf_hooks = require("node:perf_hooks");
var import_promises = require("node:timers/promises");
var defaultDeps = {
  delay: (ms, signal) => (0, import_promises.setTimeout)(ms, void 0, { signal }),
  now: () => import_node_perf_hooks.performance.now(),
  random: Math.random,
  registerSecret: () => {
  },
  log: void 0,
  notice: () => {
  },
  connections: 16
};
var withDefaults = (deps = {}) => ({ ...defaultDeps, ...deps });

// src/bidirectional/platform/kubernetes.ts
init_errors();
init_json();

// src/bidirectional/diff/canonical.ts
var import_node_crypto = require("node:crypto");
init_json();
var AGREEMENT_ANNOTATION = "gitopssync.io/agreement";
var TRACKING_LABELS = ["app.kubernetes.io/instance", "argocd.argoproj.io/instance"];
var TRACKING_ANNOTATION = "argocd.argoproj.io/tracking-id";
var ANNOTATIONS_OF_THE_PLATFORM = /* @__PURE__ */ new Set([
  TRACKING_ANNOTATION,
  "argocd.argoproj.io/installation-id",
  "argocd.argoproj.io/refresh",
  "argocd.argoproj.io/hydrate",
  "argocd.argoproj.io/application-set-refresh",
  "notified.notifications.argoproj.io",
  "kubectl.kubernetes.io/last-applied-configuration"
]);
var OWN_ANNOTATIONS = "gitopssync.io/";
var LEFT_OUT = /* @__PURE__ */ new Set(["apiVersion", "kind", "metadata", "status", "operation"]);
var METADATA_MAPS = {
  labels: (key) => !TRACKING_LABELS.some((label) => label === key),
  annotations: (key) => !ANNOTATIONS_OF_THE_PLATFORM.has(key) && !key.startsWith(OWN_ANNOTATIONS)
};
var contentOf = (object) => {
  const metadata = record(object.metadata);
  const finalizers = list(metadata.finalizers);
  return {
    metadata: {
      ...Object.fromEntries(
        Object.entries(METADATA_MAPS).map(([field, keep]) => [
          field,
          Object.fromEntries(
            Object.entries(record(metadata[field])).filter(([key, value]) => value !== null && keep(key))
          )
        ])
      ),
      finalizers
    },
    ...Object.fromEntries(
      Object.entries(object).filter(([key, value]) => !LEFT_OUT.has(key) && value !== null && value !== void 0).map(([key, value]) => [key, withoutNulls(value)])
    )
  };
};
var withoutNulls = (value) => {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).filter(([, item]) => item !== null && item !== void 0).map(([key, item]) => [key, withoutNulls(item)])
  );
};
var hashOf = (value) => (0, import_node_crypto.createHash)("sha256").update(stable(value)).digest("hex");
var stable = (value) => {
  if (Array.isArray(value)) return `[${value.map(stable).join(",")}]`;
  if (!isRecord(value)) return JSON.stringify(value) ?? "null";
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${stable(value[key])}`).join(",")}}`;
};

// src/bidirectional/entity.ts
var KINDS = ["AppProject", "ApplicationSet", "Application"];
var API_VERSION = "argoproj.io/v1alpha1";
var API_GROUP = "argoproj.io";
var isKind = (value) => KINDS.some((kind) => kind === value);
var entityName = ({ kind, namespace, name }) => `${kind} ${namespace}/${name}`;
var compareEntities = (a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || (a.namespace < b.namespace ? -1 : a.namespace > b.namespace ? 1 : 0) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);

// src/bidirectional/merge/agreement.ts
init_json();

// src/bidirectional/diff/field.ts
init_json();
var pointerOf = (path5) => path5.map((key) => `/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
var pathOf = (pointer) => pointer.split("/").slice(1).map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
var valueAt = (value, path5) => path5.reduce((at, key) => isRecord(at) && Object.hasOwn(at, key) ? at[key] : void 0, value);
var withValue = (object, path5, value) => {
  const [key, ...rest] = path5;
  if (key === void 0) return isRecord(value) ? value : {};
  const before = Object.hasOwn(object, key) ? object[key] : void 0;
  if (rest.length > 0 && value === void 0 && !isRecord(before)) return object;
  const after = rest.length === 0 ? value : withValue(isRecord(before) ? before : {}, rest, value);
  const entries2 = Object.entries(object);
  if (after === void 0) return Object.fromEntries(entries2.filter(([name]) => name !== key));
  return Object.fromEntries(
    Object.hasOwn(object, key) ? entries2.map(([name, old]) => [name, name === key ? after : old]) : [...entries2, [key, after]]
  );
};
var sameValue = (a, b) => {
  if (Object.is(a, b)) return true;
  if (typeof a === "number" && typeof b === "number") return a === b;
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, index) => sameValue(item, b[index]));
  }
  if (!isRecord(a) || !isRecord(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && sameValue(a[key], b[key]));
};
var differences = (before, after, path5 = []) => {
  if (sameValue(before, after)) return [];
  if (!isRecord(before) || !isRecord(after)) return [{ path: path5, before, after }];
  return keysOf(before, after).flatMap(
    (key) => differences(valueAt(before, [key]), valueAt(after, [key]), [...path5, key])
  );
};
var keysOf = (...objects) => [
  ...new Set(objects.flatMap((object) => isRecord(object) ? Object.keys(object) : []))
];

// src/bidirectional/merge/agreement.ts
var MAX_OPEN_BYTES = 32 * 1024;
var AgreementTooLargeError = class extends Error {
};
var writeAgreement = ({ open: open2, ...rest }) => {
  const value = JSON.stringify({
    ...rest,
    ...open2.size === 0 ? {} : {
      open: Object.fromEntries([...open2].map(([pointer, base]) => [pointer, base === void 0 ? {} : { base }]))
    }
  });
  if (Buffer.byteLength(value) > MAX_OPEN_BYTES) throw new AgreementTooLargeError();
  return value;
};
var readAgreement = (annotation) => {
  if (typeof annotation !== "string") return void 0;
  let value;
  try {
    value = JSON.parse(annotation);
  } catch {
    return void 0;
  }
  if (!isRecord(value)) return void 0;
  const agreement = {
    repository: text(value.repository),
    branch: text(value.branch),
    commit: text(value.commit),
    path: text(value.path),
    hash: text(value.hash),
    open: new Map(Object.entries(record(value.open)).map(([pointer, item]) => [pointer, record(item).base]))
  };
  const complete = /^[0-9a-f]{40,64}$/.test(agreement.commit) && /^[0-9a-f]{64}$/.test(agreement.hash);
  return complete && agreement.path !== "" ? agreement : void 0;
};
var openFields = (base, atCommit) => new Map(differences(atCommit, base).map(({ path: path5, after }) => [pointerOf(path5), after]));
var baseOf = (atCommit, { open: open2, hash }) => {
  const base = [...open2].reduce(
    (content, [pointer, value]) => withValue(content, pathOf(pointer), value),
    atCommit
  );
  return hashOf(base) === hash ? base : void 0;
};

// src/bidirectional/platform/paths.ts
var PLURALS = {
  Application: "applications",
  AppProject: "appprojects",
  ApplicationSet: "applicationsets"
};
var collectionPath = (kind, namespace) => {
  const scope = namespace === "*" ? "" : `/namespaces/${encodeURIComponent(namespace)}`;
  return `/apis/${API_GROUP}/v1alpha1${scope}/${PLURALS[kind]}`;
};
var objectPath = ({ kind, namespace, name }) => `${collectionPath(kind, namespace)}/${encodeURIComponent(name)}`;
var eventsPath = (namespace) => `/api/v1/namespaces/${encodeURIComponent(namespace)}/events`;
var withQuery = (path5, query) => {
  const parameters = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== ""));
  return parameters.size === 0 ? path5 : `${path5}?${parameters.toString()}`;
};

// src/bidirectional/platform/kubernetes.ts
var FIELD_MANAGER = "gitopssync";
var OBJECTS_PER_PAGE = 250;
var MAX_RESTARTS = 3;
var MAX_NOTE = 1e3;
var MAX_PAYLOAD = 1e5;
var createPlatform = (http2, description, scope) => {
  const listIn = async (kind, namespace, signal) => {
    const found = [];
    let position = "";
    do {
      const path5 = withQuery(collectionPath(kind, namespace), {
        limit: String(OBJECTS_PER_PAGE),
        labelSelector: scope.selector,
        continue: position
      });
      const where = namespace === "*" ? "in all namespaces" : `in namespace ${namespace}`;
      const answer = record(await http2.read({ action: `list ${kind}s ${where}`, method: "GET", path: path5 }, signal));
      found.push(
        ...list(answer.items).filter(isRecord).flatMap((object) => parseEntity(kind, object) ?? [])
      );
      position = text(record(answer.metadata).continue);
    } while (position !== "");
    return found;
  };
  const listWithRestarts = async (kind, namespace, signal) => {
    for (let restarts = 0; ; restarts += 1) {
      try {
        return await listIn(kind, namespace, signal);
      } catch (error2) {
        if (!(error2 instanceof ArgoCdError) || error2.code !== "expired" || restarts >= MAX_RESTARTS) {
          throw withRights(error2, kind, "list");
        }
      }
    }
  };
  const get = async (ref, signal) => {
    try {
      const answer = await http2.read(
        { action: `read ${entityName(ref)}`, method: "GET", path: objectPath(ref) },
        signal
      );
      const entity2 = parseEntity(ref.kind, record(answer));
      if (entity2 === void 0) {
        throw new ArgoCdError("not-the-api", `cannot read ${entityName(ref)}: the answer is no ${ref.kind}`);
      }
      return entity2;
    } catch (error2) {
      if (error2 instanceof ArgoCdError && error2.code === "not-found") return void 0;
      throw withRights(error2, ref.kind, "get");
    }
  };
  const write = async (ref, verb, call, signal) => {
    try {
      const answer = record(await http2.send(call, signal));
      return { kind: "done", uid: text(record(answer.metadata).uid) };
    } catch (error2) {
      const failure = withRights(error2, ref.kind, verb);
      if (failure.code === "aborted") throw failure;
      if (verb === "delete" && failure.code === "not-found") return { kind: "done", uid: "" };
      const passes = isTransient(failure) || failure.ambiguous || failure.code === "conflict";
      if (passes) return { kind: "stale", message: failure.message };
      return { kind: "refused", message: failure.message, hint: failure.hint, invalid: failure.invalid };
    }
  };
  const query = (dryRun) => ({
    fieldManager: FIELD_MANAGER,
    fieldValidation: "Strict",
    dryRun: dryRun ? "All" : ""
  });
  return {
    description,
    list: async (kind, signal) => (await Promise.all(scope.namespaces.map((namespace) => listWithRestarts(kind, namespace, signal)))).flat(),
    get,
    async patch(ref, steps, dryRun, signal) {
      const result = await write(
        ref,
        "patch",
        {
          action: `${dryRun ? "try to update" : "update"} ${entityName(ref)}`,
          method: "PATCH",
          path: withQuery(objectPath(ref), query(dryRun)),
          contentType: "application/json-patch+json",
          body: steps
        },
        signal
      );
      if (result.kind !== "refused") return result;
      const expected = versionIn(steps);
      const now = await get(ref, signal).catch(() => void 0);
      return now !== void 0 && now.resourceVersion !== expected ? { kind: "stale", message: result.message } : result;
    },
    create: (object, ref, dryRun, signal) => write(
      ref,
      "create",
      {
        action: `${dryRun ? "try to create" : "create"} ${entityName(ref)}`,
        method: "POST",
        path: withQuery(collectionPath(ref.kind, ref.namespace), query(dryRun)),
        contentType: "application/json",
        body: object
      },
      signal
    ),
    async remove({ ref, uid, resourceVersion }, signal) {
      const result = await write(
        ref,
        "delete",
        {
          action: `delete ${entityName(ref)}`,
          method: "DELETE",
          path: objectPath(ref),
          contentType: "application/json",
          body: {
            apiVersion: "v1",
            kind: "DeleteOptions",
            preconditions: { uid, resourceVersion },
            propagationPolicy: "Background"
          }
        },
        signal
      );
      return result;
    },
    async note(note, signal) {
      try {
        await http2.send(
          {
            action: `record an event of ${entityName(note.ref)}`,
            method: "POST",
            path: eventsPath(note.ref.namespace),
            contentType: "application/json",
            body: eventObject(note)
          },
          signal
        );
      } catch (error2) {
        if (!(error2 instanceof ArgoCdError) || error2.code !== "conflict")
          throw withEventRights(error2, note.ref.namespace);
      }
    },
    close: () => http2.close()
  };
};
var versionIn = (steps) => {
  const test = steps.find(({ op }) => op === "test");
  return test !== void 0 && "value" in test ? test.value : void 0;
};
var parseEntity = (kind, object) => {
  const metadata = record(object.metadata);
  const [name, namespace] = [text(metadata.name), text(metadata.namespace)];
  if (name === "" || namespace === "") return void 0;
  const agreementText2 = text(record(metadata.annotations)[AGREEMENT_ANNOTATION]);
  return {
    ref: { kind, namespace, name },
    uid: text(metadata.uid),
    resourceVersion: text(metadata.resourceVersion),
    content: contentOf(object),
    agreementText: agreementText2,
    agreement: readAgreement(agreementText2),
    deleting: text(metadata.deletionTimestamp) !== "",
    object
  };
};
var objectOf = (ref, content, agreement) => {
  const { metadata, ...rest } = content;
  const { labels, annotations, finalizers } = record(metadata);
  return {
    apiVersion: API_VERSION,
    kind: ref.kind,
    metadata: {
      name: ref.name,
      namespace: ref.namespace,
      labels,
      annotations: { ...record(annotations), ...agreement === "" ? {} : { [AGREEMENT_ANNOTATION]: agreement } },
      finalizers
    },
    ...rest
  };
};
var eventObject = ({ ref, uid, id, type, reason, message, payload, at }) => {
  const time = `${at.toISOString().slice(0, 19)}Z`;
  return {
    apiVersion: "v1",
    kind: "Event",
    metadata: {
      name: `${ref.name.slice(0, 230)}.${id}`,
      namespace: ref.namespace,
      annotations: payload.length > MAX_PAYLOAD ? {} : { "gitopssync.io/payload": payload }
    },
    involvedObject: { apiVersion: API_VERSION, kind: ref.kind, namespace: ref.namespace, name: ref.name, uid },
    type,
    reason,
    message: message.slice(0, MAX_NOTE),
    source: { component: FIELD_MANAGER },
    firstTimestamp: time,
    lastTimestamp: time,
    count: 1
  };
};
var withRights = (error2, kind, verb) => {
  if (!(error2 instanceof ArgoCdError)) {
    return new ArgoCdError("invalid", error2 instanceof Error ? error2.message : String(error2), { cause: error2 });
  }
  if (error2.code !== "forbidden") return error2;
  const without = kind === "Application" ? "" : ` Or leave ${kind} out of \`kinds\`.`;
  return withHint(
    error2,
    `Give it a Role with the rule apiGroups: ["argoproj.io"], resources: ["${PLURALS[kind]}"], verbs: ["${verb}"]; docs/bidirectional.md lists all.${without}`
  );
};
var withEventRights = (error2, namespace) => error2 instanceof ArgoCdError && error2.code === "forbidden" ? withHint(
  error2,
  `Give it a Role in namespace ${namespace} with the rule apiGroups: [""], resources: ["events"], verbs: ["create"].`
) : error2;
var withHint = (error2, hint) => new ArgoCdError(error2.code, error2.message, {
  hint,
  status: error2.status,
  retryAfterMs: error2.retryAfterMs,
  ambiguous: error2.ambiguous,
  cause: error2.cause
});

// src/bidirectional/connect.ts
var connect = async (inputs, deps, signal) => {
  const { openConnection: openConnection2 } = await Promise.resolve().then(() => (init_connection(), connection_exports));
  const { http: http2, description } = await openConnection2(inputs.connection, withDefaults(deps), signal);
  return createPlatform(http2, description, inputs);
};

// src/bidirectional/event/read.ts
init_json();
init_printable();
init_text();
var HEADS = "refs/heads/";
var TAGS = "refs/tags/";
var ID = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
var SHOWN = 100;
var readEvent2 = (source, branch = "") => {
  const payload = record(source.payload);
  switch (source.name) {
    case "push":
      return readPush(source, payload);
    case "pull_request":
    case "pull_request_target":
      return readPullRequest(source, payload);
    case "repository_dispatch": {
      const type = shown(text(payload.action));
      return onBranch(
        source,
        text(payload.branch),
        `repository_dispatch${type === "" ? "" : ` "${type}"`}${by(payload)}`
      );
    }
    case "schedule":
      return onRef(source, branch, `schedule${quote(text(payload.schedule))}`);
    case "workflow_dispatch":
      return onRef({ ...source, ref: text(payload.ref) || source.ref }, branch, `workflow_dispatch${by(payload)}`);
    case "delete":
    case "create":
      return ignored(source, `The event "${source.name}" changes no file; the push that comes with it does.`);
    default:
      return onRef(source, branch, source.name === "" ? "no event" : `event ${shown(source.name)}`);
  }
};
var readPush = (source, payload) => {
  const ref = text(payload.ref) || source.ref;
  if (ref.startsWith(TAGS))
    return ignored(source, `Tag ${shown(ref.slice(TAGS.length))} was pushed; only branches are synced.`);
  if (!ref.startsWith(HEADS)) return ignored(source, `"${shown(ref)}" is no branch; only branches are synced.`);
  const branch = ref.slice(HEADS.length);
  const after = text(payload.after);
  if (flag(payload.deleted) || isZero(after)) return ignored(source, `Branch "${shown(branch)}" was deleted.`);
  const before = commitOf(payload.before);
  const commits = list(payload.commits).length;
  const created = flag(payload.created) || isZero(text(payload.before));
  const rewritten = flag(payload.forced) && !created;
  if (Array.isArray(payload.commits) && commits === 0 && !created && !rewritten) {
    return ignored(source, `The push to "${shown(branch)}" has no commits.`);
  }
  const what = created ? `new branch ${shown(branch)}` : rewritten ? `rewritten branch ${shown(branch)}` : `push of ${counted(commits, "commit")} to ${shown(branch)}`;
  return {
    kind: "sync",
    name: "push",
    branch,
    commit: commitOf(after) ?? commitOf(source.sha),
    before,
    summary: `${what}${by(payload)}`
  };
};
var readPullRequest = (source, payload) => {
  const pull = record(payload.pull_request);
  const head = record(pull.head);
  const base = text(record(pull.base).ref);
  const id = number(pull.number) ?? number(payload.number) ?? 0;
  if (base === "") return ignored(source, "The payload names no branch that the pull request would change.");
  if (flag(pull.merged)) {
    return {
      kind: "sync",
      name: source.name,
      branch: base,
      commit: commitOf(pull.merge_commit_sha),
      before: void 0,
      summary: `pull request #${id} merged into ${shown(base)}${by(payload)}`
    };
  }
  if (text(pull.state) === "closed" || text(payload.action) === "closed") {
    return ignored(source, `Pull request #${id} was closed without being merged.`);
  }
  const repository = record(head.repo).full_name;
  return {
    kind: "preview",
    name: source.name,
    base,
    head: text(head.ref),
    commit: commitOf(head.sha),
    number: id,
    // A head whose repository is gone or unknown is not ours.
    fork: text(repository) === "" || text(repository) !== text(record(record(pull.base).repo).full_name),
    summary: `pull request #${id} from ${shown(text(head.ref))} to ${shown(base)}${by(payload)}`
  };
};
var onBranch = (source, branch, summary) => ({
  kind: "sync",
  name: source.name,
  branch: branch.startsWith(HEADS) ? branch.slice(HEADS.length) : branch,
  commit: commitOf(source.sha),
  before: void 0,
  summary
});
var onRef = (source, branch, summary) => {
  const { ref } = source;
  if (branch !== "" && !ref.startsWith(HEADS)) return onBranch({ ...source, sha: "" }, branch, summary);
  if (ref.startsWith(TAGS)) {
    return ignored(
      source,
      `The workflow runs on tag ${shown(ref.slice(TAGS.length))}; only branches are synced. Set branch.`
    );
  }
  if (ref !== "" && !ref.startsWith(HEADS) && ref.startsWith("refs/")) {
    return ignored(source, `The workflow runs on "${shown(ref)}", which is no branch. Set branch.`);
  }
  return onBranch(source, ref, summary);
};
var ignored = (source, reason) => ({ kind: "ignored", name: source.name, reason });
var commitOf = (value) => {
  const id = text(value);
  return ID.test(id) && !isZero(id) ? id : void 0;
};
var isZero = (id) => /^0{40,64}$/.test(id);
var by = (payload) => {
  const login = isRecord(payload.sender) ? text(payload.sender.login) : "";
  return login === "" ? "" : ` by ${shown(login)}`;
};
var shown = (name) => oneLine(name, SHOWN);
var quote = (name) => name === "" ? "" : ` "${shown(name)}"`;

// src/bidirectional/git/open.ts
var import_node_crypto4 = require("node:crypto");
var import_promises4 = require("node:fs/promises");
var import_node_path3 = require("node:path");

// src/bidirectional/git/errors.ts
var GitError = class extends Error {
  name = "GitError";
  code;
  /** What to do next, as a sentence; `''` when there is nothing to add. */
  hint;
  constructor(code2, message, options = {}) {
    super(message, options.cause === void 0 ? void 0 : { cause: options.cause });
    this.code = code2;
    this.hint = options.hint ?? "";
  }
};

// src/bidirectional/git/reasons.ts
init_printable();
var REASONS = [
  {
    code: "tls",
    said: /SSL certificate problem|certificate verification failed|unable to get local issuer|SSL_ERROR|schannel:.*cert/i
  },
  {
    code: "unauthenticated",
    said: /Authentication failed|could not read (?:Username|Password)|terminal prompts disabled|returned error: 401|HTTP Basic: Access denied/i
  },
  {
    code: "forbidden",
    said: /returned error: 403|Permission denied|Permission to .{1,300} denied|Write access to repository not granted|insufficient permission/i
  },
  {
    code: "not-found",
    said: /returned error: 404|repository .{0,1000}not found|Repository not found|does not appear to be a git repository|does not exist/i
  },
  {
    code: "network",
    said: /Could not resolve|Failed to connect|Couldn't connect|Connection (?:refused|reset|timed out|was reset|closed)|Operation (?:timed out|too slow)|early EOF|unexpected disconnect|RPC failed|hung up|Empty reply|returned error: (?:408|429|5\d\d)|Could not read from remote repository|transfer closed|Recv failure|Send failure|server certificate.*expired|HTTP\/2 stream|protocol error|unable to access/i
  }
];
var HINTS = {
  unauthenticated: "Check out with actions/checkout and its persisted credentials, or give github-token.",
  forbidden: "The token needs to read the contents of the repository, and to write them to push (permissions: contents: write).",
  "not-found": "Check the address of the repository; a token that may not see it gets the same answer.",
  network: "Run the step again; what was not written is planned anew.",
  tls: "Let Git trust the authority: http.sslCAInfo or GIT_SSL_CAINFO."
};
var reasonOf = (doing, stderr) => {
  const code2 = codeOf(stderr);
  return new GitError(code2, `${doing}: ${saidBy(stderr)}`, { hint: HINTS[code2] ?? "" });
};
var codeOf = (stderr) => REASONS.find(({ said: said2 }) => said2.test(stderr))?.code ?? "failed";
var saidBy = (stderr) => {
  const lines3 = stderr.split(/[\r\n]+/).map((line3) => line3.trim());
  const remote = lines3.filter((line3) => line3.startsWith("remote:")).map((line3) => line3.slice("remote:".length).trim()).filter(
    (line3) => /[A-Za-z0-9]/.test(line3) && !/^(?:Enumerating|Counting|Compressing|Resolving|Total|Processing)\b/.test(line3)
  );
  const own = lines3.findLast((line3) => /^(?:fatal|error):/.test(line3)) ?? (remote.length > 0 ? "" : lines3.findLast((line3) => line3 !== "") ?? "");
  const text5 = [...remote.slice(0, 6), own.replace(/^(?:fatal|error):\s*/, "")].filter((line3) => line3 !== "").join("; ");
  return oneLine(withoutCredentials(text5), 500) || "Git gave no reason";
};
var withoutCredentials = (text5) => text5.replace(/(\b[a-z][a-z0-9+.-]{1,20}:\/\/)[^\s/@]{1,500}@/gi, "$1");

// src/bidirectional/git/commands.ts
var createCommands = ({
  run: run2,
  cwd,
  env,
  localTimeoutMs,
  remoteTimeoutMs,
  redact
}) => {
  const call = async (args, timeoutMs, signal, extras = {}) => {
    const answer = await run2(
      {
        args,
        cwd,
        timeoutMs,
        env: extras.env === void 0 ? env : { ...env, ...extras.env },
        ...extras.input === void 0 ? {} : { input: extras.input }
      },
      signal
    );
    return { ...answer, stderr: redact(answer.stderr) };
  };
  return {
    async local(doing, args, signal, extras) {
      const answer = await call(args, localTimeoutMs, signal, extras);
      if (answer.exitCode !== 0) {
        const { message } = reasonOf(doing, answer.stderr);
        throw new GitError("failed", message);
      }
      return answer.stdout;
    },
    tryLocal: (args, signal, extras) => call(args, localTimeoutMs, signal, extras),
    tryRemote: (args, signal, extras) => call(args, remoteTimeoutMs, signal, extras)
  };
};

// src/bidirectional/git/environment.ts
var KEPT = /* @__PURE__ */ new Set([
  "GIT_CONFIG_GLOBAL",
  "GIT_CONFIG_NOSYSTEM",
  "GIT_CONFIG_SYSTEM",
  "GIT_EXEC_PATH",
  "GIT_PROXY_SSL_CAINFO",
  "GIT_PROXY_SSL_CERT",
  "GIT_PROXY_SSL_KEY",
  "GIT_SSH",
  "GIT_SSH_COMMAND",
  "GIT_SSH_VARIANT",
  "GIT_SSL_CAINFO",
  "GIT_SSL_CAPATH",
  "GIT_SSL_CERT",
  "GIT_SSL_KEY",
  "GIT_SSL_NO_VERIFY"
]);
var FIXED = [
  // No hook of a checkout or of a machine runs in our name.
  ["core.hooksPath", "/dev/null"],
  ["core.fsmonitor", "false"],
  ["core.ignoreCase", "false"],
  ["core.sparseCheckout", "false"],
  ["core.splitIndex", "false"],
  ["index.sparse", "false"],
  ["gc.auto", "0"],
  ["maintenance.auto", "false"],
  ["fetch.prune", "false"],
  ["fetch.pruneTags", "false"],
  ["fetch.recurseSubmodules", "false"],
  ["fetch.writeCommitGraph", "false"],
  ["submodule.recurse", "false"],
  ["push.followTags", "false"],
  ["push.gpgSign", "false"],
  ["push.recurseSubmodules", "no"],
  ["push.useForceIfIncludes", "false"],
  ["log.showSignature", "false"],
  ["log.mailmap", "false"],
  ["log.follow", "false"],
  ["diff.orderFile", "/dev/null"],
  ["diff.relative", "false"],
  ["diff.ignoreSubmodules", "none"],
  ["color.ui", "false"],
  ["i18n.commitEncoding", "UTF-8"],
  ["i18n.logOutputEncoding", "UTF-8"],
  // A connection over which nothing comes for a minute is dead.
  ["http.lowSpeedLimit", "1"],
  ["http.lowSpeedTime", "60"]
];
var gitEnvironment = ({ inherited, config }) => {
  const kept = Object.entries(inherited).filter(
    (entry) => entry[1] !== void 0 && isKept(entry[0])
  );
  const all = [...inheritedConfig(inherited), ...FIXED, ...config];
  return {
    ...Object.fromEntries(kept),
    LC_ALL: "C",
    LANGUAGE: "",
    GIT_TERMINAL_PROMPT: "0",
    GIT_ASKPASS: "",
    SSH_ASKPASS: "",
    SSH_ASKPASS_REQUIRE: "never",
    GCM_INTERACTIVE: "never",
    GIT_LITERAL_PATHSPECS: "1",
    GIT_OPTIONAL_LOCKS: "0",
    GIT_NO_REPLACE_OBJECTS: "1",
    GIT_CONFIG_COUNT: String(all.length),
    ...Object.fromEntries(
      all.flatMap(([key, value], at) => [
        [`GIT_CONFIG_KEY_${at}`, key],
        [`GIT_CONFIG_VALUE_${at}`, value]
      ])
    )
  };
};
var isKept = (name) => {
  const upper = name.toUpperCase();
  if (upper.startsWith("GIT_")) return KEPT.has(upper);
  return !upper.startsWith("INPUT_") && !upper.startsWith("ACTIONS_") && upper !== "GITHUB_TOKEN" && upper !== "GH_TOKEN";
};
var inheritedConfig = (env) => {
  const count = Number(env.GIT_CONFIG_COUNT ?? "0");
  if (!Number.isInteger(count) || count < 0 || count > 1e3) return [];
  return Array.from(
    { length: count },
    (_, at) => [env[`GIT_CONFIG_KEY_${at}`] ?? "", env[`GIT_CONFIG_VALUE_${at}`] ?? ""]
  ).filter(([key]) => key !== "");
};

// src/bidirectional/git/program.ts
var import_node_async_hooks = require("node:async_hooks");
var import_node_diagnostics_channel = require("node:diagnostics_channel");
var MAX_OUTPUT = 256 * 1024 * 1024;
var MAX_STDERR = 64 * 1024;
var GRACE_MS = 2e3;
var CLOSE_MS = 500;
var starting = new import_node_async_hooks.AsyncLocalStorage();
var listening = false;
var listen2 = () => {
  if (listening) return;
  listening = true;
  (0, import_node_diagnostics_channel.subscribe)("child_process", (message) => {
    const told = starting.getStore();
    if (told !== void 0) told(message.process);
  });
};
var runGit = async (call, signal) => {
  if (signal.aborted) throw stopped();
  listen2();
  const stdout = [];
  let length = 0;
  let stderr = "";
  let child2;
  let end;
  let killer;
  const stop = (reason) => {
    if (end !== void 0) return;
    end = reason;
    child2?.kill("SIGTERM");
    killer = setTimeout(() => child2?.kill("SIGKILL"), GRACE_MS);
  };
  const onAbort = () => stop(stopped());
  signal.addEventListener("abort", onAbort, { once: true });
  const timer = setTimeout(
    () => stop(new GitError("timeout", `git ${verbOf(call.args)} did not end within ${call.timeoutMs / 1e3} s`)),
    call.timeoutMs
  );
  const onChild = (started) => {
    child2 = started;
    queueMicrotask(() => {
      started.stdin?.on("error", () => void 0);
      if (end !== void 0) started.kill("SIGTERM");
    });
  };
  try {
    const exitCode = await starting.run(
      onChild,
      () => exec("git", [...call.args], {
        cwd: call.cwd,
        env: { ...call.env },
        silent: true,
        ignoreReturnCode: true,
        delay: CLOSE_MS,
        // Always given: without it the program could wait for input for ever.
        input: Buffer.from(call.input ?? ""),
        listeners: {
          stdout: (data) => {
            length += data.length;
            if (length <= MAX_OUTPUT) stdout.push(data);
            else stop(new GitError("failed", `git ${verbOf(call.args)} answered more than ${MAX_OUTPUT} bytes`));
          },
          stderr: (data) => {
            stderr = (stderr + data.toString("utf8")).slice(-MAX_STDERR);
          }
        }
      })
    );
    if (end !== void 0) throw end;
    return { exitCode: exitCode ?? 128, stdout: Buffer.concat(stdout), stderr };
  } catch (cause) {
    if (end !== void 0) throw end;
    if (cause instanceof Error && /Unable to locate executable file/.test(cause.message)) {
      throw new GitError("no-git", "the program git was not found", { hint: "Install Git on the runner.", cause });
    }
    throw new GitError("failed", `git ${verbOf(call.args)} could not be run`, { cause });
  } finally {
    clearTimeout(timer);
    clearTimeout(killer);
    signal.removeEventListener("abort", onAbort);
  }
};
var stopped = () => new GitError("aborted", "stopped");
var verbOf = (args) => args[args[0] === "-c" ? 2 : 0] ?? "";

// src/bidirectional/git/remote.ts
var import_node_crypto3 = require("node:crypto");
init_retry();

// src/bidirectional/git/branch-name.ts
var FORBIDDEN2 = /[\u0000-\u0020\u007f~^:?*[\\]/;
var MAX_LENGTH = 1024;
var branchProblem = (name) => {
  if (name === "") return "it is empty";
  if (name.length > MAX_LENGTH) return `it is longer than ${MAX_LENGTH} characters`;
  if (!name.isWellFormed()) return "it is not valid Unicode";
  const bad = FORBIDDEN2.exec(name)?.[0];
  if (bad !== void 0) return bad === " " ? "it has a space" : `it has the character ${JSON.stringify(bad)}`;
  if (name.includes("..")) return "it has two dots in a row";
  if (name.includes("@{") || name === "@") return "it has a form that Git keeps for itself (@)";
  if (name.startsWith("-")) return "it begins with a dash";
  if (name.startsWith("/") || name.endsWith("/") || name.includes("//")) return "it has an empty part between slashes";
  if (name.endsWith(".")) return "it ends with a dot";
  const part = name.split("/").find((one) => one.startsWith(".") || one.endsWith(".lock"));
  if (part !== void 0) return `its part "${part}" begins with a dot or ends with .lock`;
  return void 0;
};

// src/bidirectional/git/commit-id.ts
var ID2 = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
var checkId = (commit2) => {
  if (!ID2.test(commit2)) throw new GitError("invalid", `"${commit2.slice(0, 80)}" is not the full name of a commit`);
};

// src/bidirectional/git/remote.ts
var STEPS = [50, 500];
var createRemote = ({ commands, name, depth, delay, random }) => {
  const fetched = /* @__PURE__ */ new Map();
  let steps = 0;
  const read = (doing, args, signal, fine, input = "") => retry(
    async () => {
      const answer = await commands.tryRemote(args, signal, { input });
      if (answer.exitCode === 0 || fine(answer.stderr)) return answer;
      throw reasonOf(doing, answer.stderr);
    },
    {
      decide: (error2) => ({ again: error2 instanceof GitError && error2.code === "network" }),
      delay,
      random,
      signal
    }
  ).catch((error2) => {
    throw signal.aborted && !(error2 instanceof GitError) ? new GitError("aborted", "stopped") : error2;
  });
  const fetch = (doing, options, refs, signal, fine) => read(doing, [...FETCH, "--refmap=", ...options, "--end-of-options", name, ...refs], signal, fine);
  const isShallow = async (signal) => (await commands.local("The checkout cannot be read", ["rev-parse", "--is-shallow-repository"], signal)).toString().trim() === "true";
  return {
    async defaultBranch(signal) {
      const { stdout } = await read(
        "The default branch cannot be read",
        ["ls-remote", "--symref", "--end-of-options", name, "HEAD"],
        signal,
        never
      );
      return /^ref: refs\/heads\/(.+)\tHEAD$/m.exec(stdout.toString("utf8"))?.[1];
    },
    async head(branch, signal) {
      const ref = refOf(branch);
      const { stdout } = await read(
        `Branch "${branch}" cannot be read`,
        ["ls-remote", "--end-of-options", name, ref],
        signal,
        never
      );
      const line3 = stdout.toString("utf8").split("\n").find((one) => one.endsWith(`	${ref}`));
      return line3?.split("	")[0];
    },
    async fetchBranch(branch, signal) {
      const ref = refOf(branch);
      const local = localRef(branch);
      const spec = `+${ref}:${local}`;
      const first = depth !== void 0 && !fetched.has(branch) ? [`--depth=${depth}`] : [];
      const { exitCode } = await fetch(`Branch "${branch}" cannot be fetched`, first, [spec], signal, isNoSuchRef);
      if (exitCode !== 0) return void 0;
      fetched.set(branch, spec);
      const id = await commands.local(
        `Branch "${branch}" cannot be read`,
        ["rev-parse", "--verify", "--end-of-options", `${local}^{commit}`],
        signal
      );
      return id.toString().trim();
    },
    async fetchCommit(commit2, signal) {
      checkId(commit2);
      const first = await isShallow(signal) || depth !== void 0 ? ["--depth=1"] : [];
      const { exitCode, stderr } = await fetch(
        `Commit ${commit2} cannot be fetched`,
        first,
        [commit2],
        signal,
        isNoSuchCommit
      );
      if (exitCode === 0) return true;
      if (/not our ref/.test(stderr)) return false;
      throw new GitError("failed", `Commit ${commit2} cannot be fetched: ${saidBy(stderr)}`);
    },
    async fetchMissing(commit2, folder, signal) {
      const partial = await commands.tryLocal(["config", "--get", `remote.${name}.promisor`], signal);
      if (partial.exitCode !== 0) return;
      const tree = `${commit2}:${folder}`;
      const args = ["rev-list", "--objects", "--missing=print", "--end-of-options", tree];
      const { exitCode, stdout } = await commands.tryLocal(args, signal);
      const missing = [...stdout.toString("latin1").matchAll(/^\?([0-9a-f]+)$/gm)].map(([, id]) => id ?? "");
      if (exitCode !== 0 || missing.length === 0) return;
      const input = missing.map((id) => `${id}
`).join("");
      await read("The files cannot be fetched", [...ONLY_THESE, "--end-of-options", name], signal, never, input);
    },
    async deepen(signal) {
      if (!await isShallow(signal)) return false;
      const step = STEPS[steps];
      steps += 1;
      await fetch(
        "More history cannot be fetched",
        [step === void 0 ? "--unshallow" : `--deepen=${step}`],
        [...fetched.values()],
        signal,
        isNoSuchRef
      );
      return true;
    }
  };
};
var localRef = (branch) => `${LOCAL_REFS}${(0, import_node_crypto3.createHash)("sha256").update(branch).digest("hex").slice(0, 32)}`;
var LOCAL_REFS = "refs/gitopssync/";
var refOf = (branch) => {
  const problem = branchProblem(branch);
  if (problem !== void 0) throw new GitError("invalid", `"${branch}" can be no branch: ${problem}`);
  return `refs/heads/${branch}`;
};
var FETCH = [
  "fetch",
  "--quiet",
  "--no-tags",
  "--no-recurse-submodules",
  "--no-write-fetch-head",
  "--no-auto-gc"
];
var ONLY_THESE = ["-c", "fetch.negotiationAlgorithm=noop", ...FETCH, "--filter=blob:none", "--stdin"];
var never = () => false;
var isNoSuchRef = (stderr) => /couldn't find remote ref/i.test(stderr);
var isNoSuchCommit = (stderr) => /not our ref|unadvertised object/.test(stderr);

// src/bidirectional/git/repository.ts
var import_promises3 = require("node:fs/promises");

// src/bidirectional/git/batch.ts
var LINE_FEED2 = 10;
var readBatch = (output, wanted) => {
  const found = /* @__PURE__ */ new Map();
  let at = 0;
  for (const blob of wanted) {
    const end = output.indexOf(LINE_FEED2, at);
    const [id, type, length] = output.subarray(at, end < 0 ? output.length : end).toString("latin1").split(" ");
    const size = Number(length);
    if (end < 0 || id !== blob || type !== "blob" || !Number.isInteger(size) || end + 1 + size >= output.length) {
      throw new GitError("failed", `Blob ${blob} cannot be read from the repository`);
    }
    found.set(blob, output.subarray(end + 1, end + 1 + size));
    at = end + 1 + size + 1;
  }
  return found;
};

// src/bidirectional/git/commit.ts
var import_promises2 = require("node:fs/promises");
var import_node_path2 = require("node:path");

// src/bidirectional/git/change.ts
var pathsToRead = (change) => {
  const named = [
    ...change.writes.map(({ path: path5 }) => path5),
    ...change.deletions,
    ...change.renames.flatMap(({ from, to }) => [from, to])
  ];
  for (const path5 of named) {
    const problem = pathProblem(path5);
    if (problem !== void 0) throw new GitError("invalid", `"${path5}" cannot be written: ${problem}`);
  }
  return [...new Set(named.flatMap((path5) => [path5, ...foldersAbove(path5)]))];
};
var indexLines = (change, base, ids) => {
  const before = new Map(base.map((entry) => [entry.path, entry]));
  const now = /* @__PURE__ */ new Map();
  const gone = /* @__PURE__ */ new Set();
  const current = (path5) => {
    const written2 = now.get(path5);
    if (written2 !== void 0 || gone.has(path5)) return written2;
    const entry = before.get(path5);
    return entry === void 0 || entry.type === "tree" ? void 0 : { mode: entry.mode, id: entry.id };
  };
  const remove = (path5) => {
    now.delete(path5);
    gone.add(path5);
  };
  const moved2 = change.renames.map(({ from, to }) => ({ from, to, entry: current(from) }));
  for (const { from } of moved2) remove(from);
  for (const { from, to, entry } of moved2) {
    if (entry === void 0) throw new GitError("invalid", `"${from}" cannot be renamed: there is no such file`);
    if (current(to) !== void 0)
      throw new GitError("invalid", `"${from}" cannot be renamed: there is already "${to}"`);
    now.set(to, entry);
  }
  for (const path5 of change.deletions) remove(path5);
  change.writes.forEach(({ path: path5 }, at) => {
    const entry = current(path5);
    if (entry !== void 0 && !isFileMode(entry.mode)) {
      throw new GitError("invalid", `"${path5}" cannot be written: it is a ${whatIs(entry.mode)}`);
    }
    now.set(path5, { mode: entry?.mode ?? "100644", id: ids[at] ?? "" });
  });
  for (const path5 of now.keys()) {
    for (const above of foldersAbove(path5)) {
      const entry = current(above);
      if (entry !== void 0) {
        throw new GitError("invalid", `"${path5}" cannot be written: "${above}" is a ${whatIs(entry.mode)}`);
      }
    }
    if (before.get(path5)?.type === "tree") throw new GitError("invalid", `"${path5}" cannot be written: it is a folder`);
  }
  return [
    ...[...gone].filter((path5) => !now.has(path5) && before.has(path5)).map((path5) => ({ path: path5, mode: "0", id: void 0 })),
    ...[...now].map(([path5, { mode, id }]) => ({ path: path5, mode, id }))
  ];
};
var pathProblem = (path5) => {
  if (path5 === "") return "the path is empty";
  if (path5.includes("\0") || !path5.isWellFormed()) return "the path is not valid Unicode text";
  if (path5.startsWith("/")) return "the path is absolute";
  const parts = path5.split("/");
  if (parts.includes("")) return "the path has an empty part";
  if (parts.includes(".") || parts.includes("..")) return "the path leaves its folder";
  if (parts.some((part) => GIT_FOLDER.test(part.replace(IGNORED_ON_HFS, "")))) return "it belongs to Git itself";
  return void 0;
};
var GIT_FOLDER = /^(?:\.git|git~1)[. ]*(?::.*)?$/i;
var IGNORED_ON_HFS = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g;
var isFileMode = (mode) => mode === "100644" || mode === "100755" || mode === "100664";
var whatIs = (mode) => mode === "120000" ? "symbolic link" : mode === "160000" ? "submodule" : "file";
var foldersAbove = (path5) => {
  const parts = path5.split("/");
  return parts.slice(1).map((_, at) => parts.slice(0, parts.length - 1 - at).join("/"));
};

// src/bidirectional/git/message.ts
var messageText = ({ subject, body, trailers }) => {
  const parts = [
    line2(subject),
    // The last paragraph is the trailers'; an empty line at the end of the body cannot come between.
    body.replaceAll("\0", "").trim(),
    trailers.map(({ name, value }) => `${name.replace(/[^A-Za-z0-9-]/g, "")}: ${line2(value)}`).join("\n")
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}
`;
};
var line2 = (text5) => text5.replaceAll("\0", "").replace(/\s+/g, " ").trim();

// src/bidirectional/git/tree-entries.ts
var NUL = 0;
var TAB = 9;
var splitNul = (output) => {
  const parts = [];
  let from = 0;
  for (let at = output.indexOf(NUL); at !== -1; at = output.indexOf(NUL, from)) {
    parts.push(output.subarray(from, at));
    from = at + 1;
  }
  if (from < output.length) parts.push(output.subarray(from));
  return parts;
};
var utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
var decodeName = (bytes) => {
  try {
    return { path: utf8.decode(bytes), nameable: true };
  } catch {
    return { path: bytes.toString("utf8"), nameable: false };
  }
};
var readTree = (output) => splitNul(output).flatMap((line3) => {
  const tab = line3.indexOf(TAB);
  const [mode = "", type = "", id = "", size = ""] = line3.subarray(0, tab).toString("latin1").split(/ +/);
  if (tab < 0 || type !== "blob" && type !== "tree" && type !== "commit") return [];
  return [{ mode, type, id, size: Number.parseInt(size, 10) || 0, ...decodeName(line3.subarray(tab + 1)) }];
});
var fileOf = (entry) => ({
  path: entry.path,
  kind: !entry.nameable ? "unnameable" : entry.type === "commit" ? "submodule" : entry.mode === "120000" ? "symlink" : "file",
  executable: entry.mode === "100755",
  blob: entry.id,
  size: entry.size
});

// src/bidirectional/git/commit.ts
var NONE = "The commit cannot be made";
var CHUNK = 200;
var makeCommit = async (base, change, message, commands, temp, signal) => {
  const read = pathsToRead(change);
  const folder = await (0, import_promises2.mkdtemp)((0, import_node_path2.join)(temp, "gitopssync-commit-"));
  try {
    const entries2 = await entriesAt(base, read, commands, signal);
    const ids = await storeBlobs(change.writes, folder, commands, signal);
    const lines3 = indexLines(change, entries2, ids);
    const env = { GIT_INDEX_FILE: (0, import_node_path2.join)(folder, "index") };
    await commands.local(NONE, ["read-tree", "--end-of-options", base], signal, { env });
    await commands.local(NONE, ["update-index", "-z", "--index-info"], signal, {
      env,
      input: lines3.map(({ path: path5, mode, id }) => `${mode} ${id ?? "0".repeat(base.length)}	${path5}\0`).join("")
    });
    const tree = text3(await commands.local(NONE, ["write-tree"], signal, { env }));
    const before = text3(
      await commands.local(NONE, ["rev-parse", "--verify", "--end-of-options", `${base}^{tree}`], signal)
    );
    if (tree === before) return void 0;
    const commit2 = await commands.local(NONE, ["commit-tree", tree, "-p", base, "-F", "-"], signal, {
      env: {
        ...identity("AUTHOR", message.author, message.date),
        ...identity("COMMITTER", message.committer, message.date)
      },
      input: messageText(message)
    });
    return text3(commit2);
  } finally {
    await (0, import_promises2.rm)(folder, { recursive: true, force: true });
  }
};
var entriesAt = async (base, paths, commands, signal) => {
  const wanted = new Set(paths);
  const found = [];
  for (let at = 0; at < paths.length; at += CHUNK) {
    const args = ["ls-tree", "-z", "-t", "--full-tree", "--end-of-options", base, ...paths.slice(at, at + CHUNK)];
    found.push(...readTree(await commands.local(NONE, args, signal)).filter(({ path: path5 }) => wanted.has(path5)));
  }
  return found;
};
var storeBlobs = async (writes, folder, commands, signal) => {
  if (writes.length === 0) return [];
  const files = await Promise.all(
    writes.map(async ({ content }, at) => {
      const file = (0, import_node_path2.join)(folder, `blob-${at}`);
      await (0, import_promises2.writeFile)(file, content);
      return file;
    })
  );
  const args = ["hash-object", "-w", "--no-filters", "--stdin-paths"];
  return text3(await commands.local(NONE, args, signal, { input: `${files.join("\n")}
` })).split("\n");
};
var identity = (role, { name, email }, date) => ({
  [`GIT_${role}_NAME`]: name,
  [`GIT_${role}_EMAIL`]: email,
  [`GIT_${role}_DATE`]: `@${Math.floor(date.getTime() / 1e3)} +0000`
});
var text3 = (output) => output.toString("utf8").trim();

// src/bidirectional/git/differences.ts
var readDifference = (parts, at) => {
  const head = parts[at]?.toString("latin1").trimStart();
  if (head === void 0 || !head.startsWith(":")) return void 0;
  const status = head.split(" ")[4] ?? "";
  const first = nameAt(parts, at + 1);
  switch (status[0]) {
    case "R":
    case "C": {
      const path5 = nameAt(parts, at + 2);
      const similarity = Number.parseInt(status.slice(1), 10) || 0;
      const difference = status[0] === "R" ? { kind: "renamed", path: path5, from: first, similarity } : { kind: "added", path: path5 };
      return { difference, next: at + 3 };
    }
    case "A":
      return { difference: { kind: "added", path: first }, next: at + 2 };
    case "D":
      return { difference: { kind: "deleted", path: first }, next: at + 2 };
    default:
      return { difference: { kind: "modified", path: first }, next: at + 2 };
  }
};
var readDifferences = (parts) => {
  const found = [];
  let one = readDifference(parts, 0);
  while (one !== void 0) {
    found.push(one.difference);
    one = readDifference(parts, one.next);
  }
  return found;
};
var concerns = (difference, folder) => isBelow(difference.path, folder) || difference.kind === "renamed" && isBelow(difference.from, folder);
var isBelow = (path5, folder) => folder === "" || path5.startsWith(`${folder}/`);
var nameAt = (parts, at) => decodeName(parts[at] ?? Buffer.alloc(0)).path;

// src/bidirectional/git/history.ts
var HISTORY_FORMAT = `tformat:${["%H", "%an", "%ae", "%cn", "%ce", "%at", "%ct", "%s", "%(trailers:only,unfold)"].map((field) => `${field}%x00`).join("")}`;
var FIELDS2 = 9;
var readHistory = (parts) => {
  const commits = [];
  let at = 0;
  while (at + FIELDS2 <= parts.length) {
    const [
      commit2 = "",
      authorName = "",
      authorEmail = "",
      name = "",
      email = "",
      authored = "",
      committed = "",
      subject = "",
      trailers = ""
    ] = parts.slice(at, at + FIELDS2).map((part) => part.toString("utf8"));
    at += FIELDS2 + 1;
    const changes = [];
    for (let one = readDifference(parts, at); one !== void 0; one = readDifference(parts, at)) {
      changes.push(one.difference);
      at = one.next;
    }
    commits.push({
      commit: commit2.trim(),
      author: { name: authorName, email: authorEmail },
      committer: { name, email },
      authoredAt: dateOf(authored),
      committedAt: dateOf(committed),
      subject,
      trailers: trailersOf(trailers),
      changes
    });
  }
  return commits;
};
var dateOf = (seconds) => new Date((Number.parseInt(seconds, 10) || 0) * 1e3);
var trailersOf = (text5) => {
  const found = /* @__PURE__ */ new Map();
  for (const line3 of text5.split("\n")) {
    const colon = line3.indexOf(":");
    if (colon <= 0) continue;
    const name = line3.slice(0, colon).trim().toLowerCase();
    const values = found.get(name) ?? [];
    values.push(line3.slice(colon + 1).trim());
    found.set(name, values);
  }
  return found;
};

// src/bidirectional/git/push-answer.ts
var PROTECTED = /protected branch|GH006|GH013|rule violations|TF402455|TF402456|branch policy|protected branches|branch restrictions|permission to (?:create|update|delete) this branch/i;
var PERMISSION = /refusing to allow an? .{1,60} to create or update workflow|without `?workflows?`? (?:scope|permission)|not allowed to push|Permission to .{1,300} denied|Write access to repository not granted|insufficient permission|permission denied|returned error: 40[13]|Authentication failed|could not read (?:Username|Password)|terminal prompts disabled/i;
var READ_ONLY = /archived|read-only|over its .{0,40}quota|repository is locked|disabled/i;
var HOOK = /hook declined|hook rejected|pre-receive|declined/i;
var RACED = /cannot lock ref|incorrect old value|reference already exists|but expected|remote ref updated/i;
var UNREACHED = /Could not resolve|Failed to connect|Couldn't connect|Connection refused|returned error: (?:404|408|429|5\d\d)|not found|SSL certificate problem/i;
var HINTS2 = {
  "protected-branch": "Allow the account of the token to push to this branch (a bypass in the rule), or use write: pull-request, which pushes to a branch of its own.",
  permission: "The token needs to write contents (permissions: contents: write, or a deploy key with write access). Files under .github/workflows need the right to change workflows, which GITHUB_TOKEN never has.",
  hook: "The message is of a hook on the server; only who runs that server can change it.",
  other: "See what the remote says about this repository."
};
var readPush2 = (exitCode, stdout, stderr) => {
  const status = stdout.split("\n").find((line3) => /^[ +\-*!=]\t/.test(line3));
  if (exitCode === 0 && status !== void 0 && !status.startsWith("!")) return { kind: "pushed" };
  const summary = status?.split("	")[2] ?? "";
  const everything = `${summary}
${stderr}`;
  if (/remote failure|failed to report status/.test(summary))
    return { kind: "lost", sent: true, message: saidBy(stderr) };
  const raced = summary.startsWith("[remote rejected]") && RACED.test(everything);
  if (summary.startsWith("[rejected]") || raced) return { kind: "moved" };
  const cause = causeOf(summary, everything);
  if (cause === void 0) return { kind: "lost", sent: !UNREACHED.test(stderr), message: saidBy(stderr) };
  const reason = /\(([^()]*)\)\s*$/.exec(summary)?.[1] ?? "";
  const said2 = saidBy(
    stderr.split("\n").filter((line3) => !line3.startsWith("error: failed to push some refs")).join("\n")
  );
  const message = reason === "" || said2.includes(reason) ? said2 : said2 === "Git gave no reason" ? reason : `${reason}: ${said2}`;
  return { kind: "refused", cause, message, hint: HINTS2[cause] };
};
var causeOf = (summary, everything) => {
  if (PROTECTED.test(everything)) return "protected-branch";
  if (READ_ONLY.test(everything) && /returned error: 403|rejected/.test(everything)) return "other";
  if (PERMISSION.test(everything)) return "permission";
  if (HOOK.test(summary)) return "hook";
  if (summary.startsWith("[remote rejected]")) return "other";
  const code2 = codeOf(everything);
  if (code2 === "unauthenticated" || code2 === "forbidden") return "permission";
  return void 0;
};

// src/bidirectional/git/push.ts
var LOOKS_MS = [0, 1e3, 3e3];
var push = async (request, settings, signal) => {
  try {
    return await attempt(request, settings, signal);
  } catch (error2) {
    if (!(error2 instanceof GitError) || error2.code === "aborted") throw error2;
    return { kind: "failed", ambiguous: false, message: error2.message, hint: error2.hint };
  }
};
var attempt = async (request, settings, signal) => {
  const { branch, commit: commit2, expected, mode } = request;
  const ref = refOf(branch);
  const before = await settings.remote.head(branch, signal);
  if (before === commit2) return { kind: "pushed", answered: true };
  if (before !== expected) return moved(request, before, settings, signal);
  if (mode === "fast-forward" && expected !== void 0 && !await settings.isAncestor(expected, commit2, signal)) {
    throw new GitError("invalid", `${commit2} does not descend from ${expected}`);
  }
  const lease = mode === "replace" ? [`--force-with-lease=${ref}:${expected ?? ""}`] : [];
  const args = ["push", "--porcelain", "--no-verify", "--no-follow-tags", "--no-recurse-submodules", ...lease];
  const answer = await said(
    settings.commands,
    [...args, "--end-of-options", settings.remoteName, `${commit2}:${ref}`],
    signal
  );
  switch (answer.kind) {
    case "pushed":
      return { kind: "pushed", answered: true };
    case "refused":
      return answer;
    case "moved":
      return moved(request, await settings.remote.head(branch, signal), settings, signal);
    case "lost":
      return answer.sent ? look(request, answer.message, settings, signal) : failed(branch, answer.message, false);
  }
};
var said = async (commands, args, signal) => {
  try {
    const { exitCode, stdout, stderr } = await commands.tryRemote(args, signal);
    return readPush2(exitCode, stdout.toString("utf8"), stderr);
  } catch (error2) {
    if (!(error2 instanceof GitError) || error2.code !== "timeout") throw error2;
    return { kind: "lost", sent: true, message: error2.message };
  }
};
var moved = async ({ branch, commit: commit2 }, head, settings, signal) => {
  if (head === void 0) return { kind: "moved", head };
  if (head === commit2) return { kind: "pushed", answered: false };
  const fetched = await settings.remote.fetchBranch(branch, signal);
  if (fetched === void 0) return { kind: "moved", head: void 0 };
  return await settings.isAncestor(commit2, fetched, signal) ? { kind: "pushed", answered: false } : { kind: "moved", head: fetched };
};
var look = async (request, message, settings, signal) => {
  for (const ms of LOOKS_MS) {
    if (ms > 0) await settings.delay(ms, signal);
    try {
      const head = await settings.remote.head(request.branch, signal);
      if (head !== request.expected) return await moved(request, head, settings, signal);
    } catch (error2) {
      if (!(error2 instanceof GitError) || error2.code === "aborted") throw error2;
      return failed(request.branch, message, true);
    }
  }
  return failed(request.branch, message, true);
};
var failed = (branch, message, ambiguous) => ({
  kind: "failed",
  ambiguous,
  message: `Branch "${branch}" could not be pushed: ${message}`,
  hint: ambiguous ? "Nobody knows whether the push was carried out; the next run looks before it does anything." : "Run the step again; nothing was written to Git."
});

// src/bidirectional/git/repository.ts
var RENAMES = ["-M", "-l5000"];
var createRepository = (settings) => {
  const { commands, remote } = settings;
  const isHere = async (commit2, signal) => {
    checkId(commit2);
    const args = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${commit2}^{commit}`];
    return (await commands.tryLocal(args, signal)).exitCode === 0;
  };
  const isAncestor = async (ancestor, head, signal) => {
    if (ancestor === head) return true;
    for (; ; ) {
      if (await isHere(ancestor, signal) && await isHere(head, signal)) {
        const { exitCode } = await commands.tryLocal(["merge-base", "--is-ancestor", ancestor, head], signal);
        if (exitCode === 0) return true;
      }
      if (!await remote.deepen(signal)) return false;
    }
  };
  const whatIsAt = async (commit2, folder, signal) => {
    const parts = folder.split("/");
    const paths = parts.map((_, at) => parts.slice(0, at + 1).join("/"));
    for (const path5 of paths) {
      const args = ["ls-tree", "-z", "--full-tree", "--end-of-options", commit2, path5];
      const entry = readTree(await commands.local(`Folder "${folder}" cannot be read`, args, signal))[0];
      if (entry === void 0) return { kind: "missing" };
      if (entry.type === "tree") continue;
      const { kind } = fileOf(entry);
      return { kind: "not-a-folder", path: path5, what: kind === "unnameable" ? "file" : kind };
    }
    return { kind: "missing" };
  };
  return {
    description: settings.description,
    url: settings.url,
    defaultBranch: (signal) => remote.defaultBranch(signal),
    fetchBranch: (branch, signal) => remote.fetchBranch(branch, signal),
    ensureCommit: async (commit2, signal) => await isHere(commit2, signal) || remote.fetchCommit(commit2, signal),
    isAncestor,
    async listFiles(commit2, folder, signal) {
      checkId(commit2);
      await remote.fetchMissing(commit2, folder, signal);
      const paths = folder === "" ? [] : [`${folder}/`];
      const args = ["ls-tree", "-r", "-z", "-l", "--full-tree", "--end-of-options", commit2, ...paths];
      const entries2 = readTree(await commands.local("The files cannot be listed", args, signal));
      if (entries2.length === 0 && folder !== "") return whatIsAt(commit2, folder, signal);
      return { kind: "folder", files: entries2.filter(({ type }) => type !== "tree").map(fileOf) };
    },
    async readBlobs(blobs, signal) {
      const wanted = [...new Set(blobs)];
      if (wanted.length === 0) return /* @__PURE__ */ new Map();
      const output = await commands.local("Files cannot be read", ["cat-file", "--batch"], signal, {
        input: wanted.map((blob) => `${blob}
`).join("")
      });
      return readBatch(output, wanted);
    },
    async commit(base, change, message, signal) {
      checkId(base);
      return makeCommit(base, change, message, commands, settings.temp, signal);
    },
    async push(request, signal) {
      checkId(request.commit);
      return push(
        request,
        { commands, remote, remoteName: settings.remoteName, isAncestor, delay: settings.delay },
        signal
      );
    },
    async history(from, to, folder, signal) {
      checkId(from);
      checkId(to);
      if (!await isAncestor(from, to, signal)) return { kind: "unrelated" };
      const options = [
        "--first-parent",
        "-m",
        "--raw",
        "--no-abbrev",
        "--no-ext-diff",
        ...RENAMES,
        `--format=${HISTORY_FORMAT}`
      ];
      const paths = folder === "" ? [] : [`${folder}/`];
      const args = ["log", "-z", ...options, "--end-of-options", `${from}..${to}`, "--", ...paths];
      return {
        kind: "known",
        commits: readHistory(splitNul(await commands.local("The history cannot be read", args, signal)))
      };
    },
    async differences(from, to, folder, signal) {
      checkId(from);
      checkId(to);
      const args = ["diff-tree", "-r", "-z", "--raw", "--no-abbrev", ...RENAMES, "--end-of-options", from, to, "--"];
      const output = await commands.local("The commits cannot be compared", args, signal);
      return readDifferences(splitNul(output)).filter((one) => concerns(one, folder));
    },
    async close() {
      try {
        if (settings.ownFolder !== void 0) {
          await (0, import_promises3.rm)(settings.ownFolder, { recursive: true, force: true });
          return;
        }
        const signal = AbortSignal.timeout(5e3);
        const args = ["for-each-ref", "--format=delete %(refname)", LOCAL_REFS];
        const { stdout } = await commands.tryLocal(args, signal);
        if (stdout.length > 0) await commands.tryLocal(["update-ref", "--stdin"], signal, { input: stdout });
      } catch {
      }
    }
  };
};

// src/bidirectional/git/open.ts
var DEFAULT_LOCAL_TIMEOUT_MS = 6e4;
var DEFAULT_REMOTE_TIMEOUT_MS = 6e5;
var ORIGIN = "origin";
var NEEDED = [2, 31];
var openRepository = async (options, signal) => {
  await checkVersion(options, signal);
  const found = await findCheckout(options, signal);
  return found === void 0 ? cloneBare(options, signal) : useCheckout(options, found, signal);
};
var commandsIn = (options, cwd, config, env = {}) => createCommands({
  run: options.run ?? runGit,
  cwd,
  env: { ...gitEnvironment({ inherited: options.env, config }), ...env },
  localTimeoutMs: options.localTimeoutMs ?? DEFAULT_LOCAL_TIMEOUT_MS,
  remoteTimeoutMs: options.remoteTimeoutMs ?? DEFAULT_REMOTE_TIMEOUT_MS,
  redact: options.redact
});
var checkVersion = async (options, signal) => {
  const { stdout } = await commandsIn(options, options.temp, []).tryLocal(["version"], signal);
  const [, major = "0", minor = "0"] = /(\d+)\.(\d+)/.exec(stdout.toString("utf8")) ?? [];
  if (Number(major) > NEEDED[0] || Number(major) === NEEDED[0] && Number(minor) >= NEEDED[1]) return;
  throw new GitError("no-git", `Git ${major}.${minor} is too old`, {
    hint: `Install Git ${NEEDED.join(".")} or newer on the runner.`
  });
};
var findCheckout = async (options, signal) => {
  if (options.workspace === "") return void 0;
  const folder = await (0, import_promises4.realpath)(options.workspace).catch(() => void 0);
  if (folder === void 0) return void 0;
  const commands = commandsIn(options, folder, safe(folder), { GIT_CEILING_DIRECTORIES: (0, import_node_path3.dirname)(folder) });
  const inside = await commands.tryLocal(["rev-parse", "--git-dir"], signal);
  if (inside.exitCode !== 0) {
    if (/not a git repository/i.test(inside.stderr)) return void 0;
    throw new GitError("failed", `The checkout in ${folder} cannot be used`, { cause: new Error(inside.stderr) });
  }
  const remotes = lines(await commands.local("The remotes cannot be read", ["remote"], signal));
  const remoteName = remotes.includes(ORIGIN) ? ORIGIN : remotes.length === 1 ? remotes[0] : void 0;
  if (remoteName === void 0 || remoteName.startsWith("-")) return void 0;
  const url = lines(
    await commands.local("The remote cannot be read", ["remote", "get-url", "--end-of-options", remoteName], signal)
  )[0];
  return url === void 0 ? void 0 : { folder, remoteName, url };
};
var useCheckout = async (options, { folder, remoteName, url }, signal) => {
  const plain2 = commandsIn(options, folder, safe(folder));
  const configured = await plain2.tryLocal(["config", "--get-urlmatch", "http.extraheader", url], signal);
  const header2 = configured.exitCode === 0 ? configured.stdout.toString("utf8").trim() : "";
  if (header2 !== "") registerHeader(header2, options);
  const password = URL.parse(url)?.password ?? "";
  if (password !== "") options.registerSecret(decodeURIComponent(password));
  const config = header2 === "" && password === "" ? tokenConfig(url, options) : [];
  const commands = config.length === 0 ? plain2 : commandsIn(options, folder, [...safe(folder), ...config]);
  const shown4 = withoutCredentials(url);
  return assemble(options, commands, {
    description: `${shown4} (checkout in ${folder})`,
    url: shown4,
    remoteName,
    depth: void 0,
    ownFolder: void 0
  });
};
var cloneBare = async (options, signal) => {
  if (options.repository === "") {
    throw new GitError("not-found", "there is no checkout, and no repository to clone", {
      hint: "Add a step with actions/checkout before this one."
    });
  }
  const url = `${options.serverUrl.replace(/\/+$/, "")}/${options.repository}`;
  const folder = (0, import_node_path3.join)(options.temp, `gitopssync-${(0, import_node_crypto4.randomBytes)(8).toString("hex")}.git`);
  await (0, import_promises4.mkdir)(folder, { recursive: true });
  const commands = commandsIn(options, folder, [...safe(await (0, import_promises4.realpath)(folder)), ...tokenConfig(url, options)]);
  await commands.local("A folder for the clone cannot be made", ["init", "--quiet", "--bare", "--template="], signal);
  await commands.local("The remote cannot be set", ["config", "--local", `remote.${ORIGIN}.url`, url], signal);
  return assemble(options, commands, {
    description: `${withoutCredentials(url)} (no checkout)`,
    url: withoutCredentials(url),
    remoteName: ORIGIN,
    depth: 1,
    ownFolder: folder
  });
};
var assemble = (options, commands, parts) => {
  const { delay, random, temp } = options;
  const remote = createRemote({ commands, name: parts.remoteName, depth: parts.depth, delay, random });
  return createRepository({ ...parts, commands, remote, temp, delay });
};
var safe = (folder) => [["safe.directory", folder]];
var tokenConfig = (url, { token, serverUrl, registerSecret }) => {
  const remote = URL.parse(url);
  const server = URL.parse(serverUrl);
  if (token === "" || remote === null || server === null || remote.origin !== server.origin) return [];
  if (remote.protocol !== "https:" && remote.protocol !== "http:") return [];
  const basic = Buffer.from(`x-access-token:${token}`).toString("base64");
  registerSecret(basic);
  return [[`http.${remote.origin}/.extraheader`, `AUTHORIZATION: basic ${basic}`]];
};
var registerHeader = (header2, { registerSecret }) => {
  const value = /^authorization:\s*(?:basic|bearer|token)\s+(\S+)$/i.exec(header2)?.[1];
  if (value === void 0) return;
  registerSecret(value);
  const [, password = ""] = /^[^:]*:(.*)$/s.exec(Buffer.from(value, "base64").toString("utf8")) ?? [];
  if (/^[\x21-\x7e]{8,}$/.test(password)) registerSecret(password);
};
var lines = (output) => output.toString("utf8").split("\n").map((line3) => line3.trim()).filter((line3) => line3 !== "");

// src/bidirectional/github/deliveries.ts
init_json();
init_printable();

// src/bidirectional/github/rights.ts
var RIGHTS = {
  repository: 'github-token must be of an administrator of the repository: a classic token with admin:repo_hook, or a fine-grained one or GitHub App with the repository permission "Webhooks: read and write". The GITHUB_TOKEN of a job never has it.',
  organization: 'github-token must be of an owner of the organization: a classic token with admin:org_hook, or a fine-grained one or GitHub App with the organization permission "Webhooks: read and write". The GITHUB_TOKEN of a job never has it.'
};
var webhookFailure = (error2, scope) => {
  const { code: code2, message, hint } = known2(error2);
  const missing = code2 === "forbidden" || code2 === "not-found" || code2 === "unauthenticated";
  return { kind: "failed", message, hint: missing ? RIGHTS[scope] : hint };
};
var proposalFailure = (error2) => {
  const { message, hint, code: code2 } = known2(error2);
  if (code2 === "forbidden" && /not permitted to create or approve/i.test(message)) {
    return {
      kind: "failed",
      message,
      hint: 'Allow it in the settings of the repository or organization, "Actions", "General", "Allow GitHub Actions to create and approve pull requests", or give github-token of a GitHub App or user.'
    };
  }
  return { kind: "failed", message, hint };
};
var known2 = (error2) => {
  if (!(error2 instanceof GitHubError) || error2.code === "aborted") throw error2;
  return error2;
};

// src/bidirectional/github/deliveries.ts
var PAYLOAD_MAX = 4e3;
var READ_MAX = 20;
var LOOK_FACTOR = 3;
var recentDeliveries = async (api, repository, webhook2, limit, redact, signal) => {
  try {
    const looked = Math.min(READ_MAX, api.scope === "repository" ? limit : limit * LOOK_FACTOR);
    const items2 = (await api.deliveries(webhook2.id, looked, signal)).map(record);
    const whole3 = await Promise.all(
      items2.map(async (item) => ({ item, payload: await payloadOf(api, webhook2, item, signal) }))
    );
    const ours = whole3.filter(({ payload }) => api.scope === "repository" || concerns2(payload, repository));
    const deliveries = ours.slice(0, limit).map(({ item, payload }) => deliveryOf(item, payload, `${api.path}/${webhook2.id}`, redact));
    return { kind: "known", deliveries };
  } catch (error2) {
    return webhookFailure(error2, api.scope);
  }
};
var payloadOf = async (api, { id }, item, signal) => {
  try {
    return record(record(await api.delivery(id, number(item.id) ?? 0, signal)).request).payload;
  } catch (error2) {
    if (error2 instanceof GitHubError && error2.code === "aborted") throw error2;
    return void 0;
  }
};
var concerns2 = (payload, { owner, name }) => text(record(record(payload).repository).full_name).toLowerCase() === `${owner}/${name}`.toLowerCase();
var deliveryOf = (item, payload, path5, redact) => {
  const id = number(item.id) ?? 0;
  const statusCode = number(item.status_code) ?? 0;
  const arrived = statusCode >= 200 && statusCode < 300;
  return {
    id,
    guid: oneLine(text(item.guid), 100),
    at: oneLine(text(item.delivered_at), 40),
    event: [text(item.event), text(item.action)].filter((part) => part !== "").map((part) => oneLine(part, 60)).join("."),
    redelivery: flag(item.redelivery),
    statusCode,
    status: oneLine(redact(text(item.status)), 200),
    durationMs: Math.round((number(item.duration) ?? 0) * 1e3),
    // Redacted before it is cut: half a secret would not be found.
    payload: isRecord(payload) ? cut(redact(JSON.stringify(payload)), PAYLOAD_MAX) : "",
    redeliver: arrived ? "" : `gh api --method POST ${path5}/deliveries/${id}/attempts`
  };
};

// src/bidirectional/github/hook-api.ts
init_json();

// src/bidirectional/github/hook.ts
init_json();
var parseHook = (value, scope) => {
  const hook = record(value);
  const config = record(hook.config);
  return {
    id: number(hook.id) ?? 0,
    scope,
    url: text(config.url),
    active: flag(hook.active),
    events: texts(hook.events),
    contentType: text(config.content_type),
    hasSecret: text(config.secret) !== "",
    updatedAt: text(hook.updated_at)
  };
};
var EVENTS = ["push"];
var tellsOfPushes = ({ active, events: events3 }) => active && EVENTS.every((event) => events3.includes(event) || events3.includes("*"));
var sameAddress = (a, b) => {
  const [first, second] = [URL.parse(a), URL.parse(b)];
  return first === null || second === null ? a === b : first.href === second.href;
};
var mayHaveMoved = (from, to) => {
  const [first, second] = [URL.parse(from), URL.parse(to)];
  return first !== null && second !== null && lastPart(first) === lastPart(second);
};
var lastPart = ({ pathname }) => pathname.replace(/\/+$/, "").split("/").at(-1) ?? "";

// src/bidirectional/github/hook-api.ts
var PAGES = 5;
var createHookApi = (client, { owner, name }, scope) => {
  const isRepository = scope === "repository";
  const base = isRepository ? "/repos/{owner}/{repo}/hooks" : "/orgs/{org}/hooks";
  const place = isRepository ? { owner, repo: name } : { org: owner };
  const of = isRepository ? `repository ${owner}/${name}` : `organization ${owner}`;
  const call = (cannot, method, rest, parameters = {}) => ({
    cannot: `cannot ${cannot} of ${of}`,
    permission: isRepository ? "Webhooks: write" : "organization Webhooks: write",
    route: `${method} ${base}${rest}`,
    parameters: { ...place, ...parameters }
  });
  return {
    scope,
    owner: isRepository ? `${owner}/${name}` : owner,
    path: isRepository ? `repos/${owner}/${name}/hooks` : `orgs/${owner}/hooks`,
    async list(signal) {
      const hooks = [];
      for await (const page of client.pages(call("list the webhooks", "GET", ""), signal, PAGES)) {
        hooks.push(...page.map((hook) => parseHook(hook, scope)));
      }
      return hooks;
    },
    async create(url, secret, signal) {
      const config = { url, content_type: "json", insecure_ssl: "0", ...secret === "" ? {} : { secret } };
      const parameters = { name: "web", active: true, events: EVENTS, config };
      const made = await client.send({ ...call("create a webhook", "POST", "", parameters), once: true }, signal);
      return parseHook(made, scope);
    },
    async configure(id, config, signal) {
      const parameters = { hook_id: id, data: config };
      await client.send(call("update a webhook", "PATCH", "/{hook_id}/config", parameters), signal);
    },
    async activate({ id, events: events3 }, signal) {
      const all = events3.includes("*") ? events3 : [.../* @__PURE__ */ new Set([...events3, ...EVENTS])];
      await client.send(
        call("activate a webhook", "PATCH", "/{hook_id}", { hook_id: id, active: true, events: all }),
        signal
      );
    },
    async deliveries(id, limit, signal) {
      return list(
        await client.send(
          call("list the deliveries of a webhook", "GET", "/{hook_id}/deliveries", { hook_id: id, per_page: limit }),
          signal
        )
      );
    },
    async delivery(id, delivery, signal) {
      const parameters = { hook_id: id, delivery_id: delivery };
      return record(
        await client.send(
          call("read a delivery of a webhook", "GET", "/{hook_id}/deliveries/{delivery_id}", parameters),
          signal
        )
      );
    }
  };
};

// src/bidirectional/github/proposal.ts
init_json();
init_printable();
var TITLE_MAX = 256;
var BODY_MAX = 65e3;
var PAGES2 = 10;
var propose = async (client, repository, proposal, signal) => {
  const wanted = { ...proposal, title: oneLine(proposal.title, TITLE_MAX), body: cut(proposal.body, BODY_MAX) };
  try {
    const open2 = await findOpen(client, repository, wanted, signal);
    return open2 === void 0 ? await create(client, repository, wanted, signal) : await bringUpToDate(client, repository, open2, wanted, signal);
  } catch (error2) {
    return proposalFailure(error2);
  }
};
var create = async (client, repository, wanted, signal) => {
  const { head, base, title, body } = wanted;
  try {
    const call = callTo(repository, "cannot create a pull request", "POST /repos/{owner}/{repo}/pulls", {
      head,
      base,
      title,
      body
    });
    return { kind: "created", ...numbered(record(await client.send({ ...call, once: true }, signal))) };
  } catch (error2) {
    const raced = error2 instanceof GitHubError && (isAmbiguous(error2) || /already exists/i.test(error2.message));
    const open2 = raced ? await findOpen(client, repository, wanted, signal, {}) : void 0;
    if (open2 === void 0) throw error2;
    const result = await bringUpToDate(client, repository, open2, wanted, signal);
    return result.kind === "unchanged" && !isKnown(error2) ? { ...result, kind: "created" } : result;
  }
};
var isKnown = (error2) => error2 instanceof GitHubError && error2.code === "invalid";
var findOpen = async (client, repository, { head, base }, signal, filter = { head: `${repository.owner}:${head}` }) => {
  const label = `${repository.owner}:${head}`;
  const call = callTo(repository, "cannot list pull requests", "GET /repos/{owner}/{repo}/pulls", {
    state: "open",
    base,
    ...filter
  });
  for await (const page of client.pages(call, signal, PAGES2)) {
    const found = page.map(record).find(
      (pull) => text(record(pull.head).ref) === head && text(record(pull.base).ref) === base && sameLabel(pull, label)
    );
    if (found !== void 0) return found;
  }
  return void 0;
};
var sameLabel = (pull, label) => text(record(pull.head).label).toLowerCase() === label.toLowerCase();
var bringUpToDate = async (client, repository, open2, { title, body }, signal) => {
  const found = numbered(open2);
  if (text(open2.title) === title && plain(text(open2.body)) === plain(body)) return { kind: "unchanged", ...found };
  const call = callTo(repository, "cannot update the pull request", "PATCH /repos/{owner}/{repo}/pulls/{pull_number}", {
    pull_number: found.number,
    title,
    body
  });
  return { kind: "updated", ...numbered(record(await client.send(call, signal))) };
};
var plain = (body) => body.replaceAll("\r\n", "\n").trimEnd();
var numbered = (pull) => ({
  number: number(pull.number) ?? 0,
  url: text(pull.html_url)
});
var callTo = ({ owner, name }, cannot, route, parameters) => ({
  cannot,
  permission: "pull-requests: write",
  route,
  parameters: { owner, repo: name, ...parameters }
});

// src/bidirectional/github/secret-proof.ts
var import_node_crypto5 = require("node:crypto");
init_json();
var LOOKED = 3;
var isSignedWith = async (api, hook, secret, signal) => {
  if (secret === "" || !hook.hasSecret) return false;
  const changed = Date.parse(hook.updatedAt);
  const fresh = (await api.deliveries(hook.id, LOOKED, signal)).map(record).filter(({ delivered_at }) => Date.parse(text(delivered_at)) >= changed);
  for (const { id } of fresh) {
    const request = record(record(await api.delivery(hook.id, number(id) ?? 0, signal)).request);
    if (isRecord(request.payload) && fits(signatureOf(request.headers), request.payload, secret)) return true;
  }
  return false;
};
var signatureOf = (headers) => {
  const found = Object.entries(record(headers)).find(([name]) => name.toLowerCase() === "x-hub-signature-256");
  return text(found?.[1]);
};
var fits = (signature, payload, secret) => {
  const ours = Buffer.from(`sha256=${(0, import_node_crypto5.createHmac)("sha256", secret).update(JSON.stringify(payload)).digest("hex")}`);
  const theirs = Buffer.from(signature);
  return ours.length === theirs.length && (0, import_node_crypto5.timingSafeEqual)(ours, theirs);
};

// src/bidirectional/github/webhook.ts
var ensureWebhook = async (apis, wanted, signal) => {
  const own = apis[wanted.scope];
  const other = wanted.scope === "repository" ? apis.organization : apis.repository;
  try {
    const hooks = await own.list(signal);
    const here = hooks.filter(({ url }) => sameAddress(url, wanted.url)).sort((a, b) => a.id - b.id);
    const [first, ...doubles] = here;
    const elsewhere = first !== void 0 && wanted.scope === "repository" ? void 0 : await deliversThere(other, wanted, signal);
    if (elsewhere !== void 0 && (first === void 0 || !tellsOfPushes(first)))
      return await reuse(other, elsewhere, wanted, signal);
    if (first !== void 0) {
      const notes = [
        ...doubles.map(({ id }) => `Webhook ${id} of ${own.owner} delivers to the same address: delete one of them.`),
        ...elsewhere === void 0 ? [] : [`Webhook ${elsewhere.id} of ${other.owner} delivers there too: delete one of them.`]
      ];
      return await bringUpToDate2(own, first, wanted, notes, signal);
    }
    const moved2 = await movedFrom(own, hooks, wanted, signal);
    if (moved2 !== void 0) {
      await own.configure(moved2.id, { url: wanted.url, content_type: "json" }, signal);
      const note = `Its address was ${shown2(moved2.url)}; it is known by its secret.`;
      const hook = { ...moved2, url: wanted.url, contentType: "json" };
      const result = await bringUpToDate2(own, hook, { ...wanted, secret: "" }, [note], signal);
      return result.kind === "unchanged" ? { ...result, kind: "updated" } : result;
    }
    const made = await own.create(wanted.url, wanted.secret, signal);
    const similar = hooks.filter(({ url }) => mayHaveMoved(url, wanted.url));
    return {
      kind: "created",
      webhook: webhookOf(own, made),
      notes: similar.map(
        ({ id, url }) => `Webhook ${id} of ${own.owner} delivers to ${shown2(url)}: delete it if this one takes its place.`
      )
    };
  } catch (error2) {
    return webhookFailure(error2, wanted.scope);
  }
};
var deliversThere = async (api, { url }, signal) => {
  try {
    return (await api.list(signal)).find((hook) => tellsOfPushes(hook) && sameAddress(hook.url, url));
  } catch (error2) {
    if (error2 instanceof GitHubError && error2.code === "aborted") throw error2;
    return void 0;
  }
};
var reuse = async (api, hook, { secret }, signal) => {
  const note = `Webhook ${hook.id} of ${api.owner} already delivers there; none was added.`;
  const doubt = secret !== "" && !await isSignedWith(api, hook, secret, signal) ? [`Whether it signs with webhook-secret could not be seen; it was not changed, as it belongs to ${api.owner}.`] : [];
  return { kind: "unchanged", webhook: webhookOf(api, hook), notes: [note, ...doubt] };
};
var bringUpToDate2 = async (api, hook, { secret }, found, signal) => {
  const notes = [...found];
  const config = {};
  if (hook.contentType !== "json") {
    config.content_type = "json";
    notes.push(`It sent ${hook.contentType || "forms"}; now it sends JSON.`);
  }
  if (secret !== "" && !await isSignedWith(api, hook, secret, signal)) {
    config.secret = secret;
    notes.push(
      hook.hasSecret ? "Its secret was set again: GitHub does not show it, and no delivery since the last change proves that it is webhook-secret." : "It had no secret; now it has."
    );
  }
  if (Object.keys(config).length > 0) await api.configure(hook.id, config, signal);
  const asleep = !tellsOfPushes(hook);
  if (asleep) {
    await api.activate(hook, signal);
    notes.push(
      hook.active ? `It did not tell of ${EVENTS.join(", ")}; now it does.` : "It was switched off; now it is active."
    );
  }
  const changed = asleep || Object.keys(config).length > 0;
  return { kind: changed ? "updated" : "unchanged", webhook: webhookOf(api, hook), notes };
};
var movedFrom = async (api, hooks, { url, secret }, signal) => {
  const candidates = hooks.filter((hook) => hook.events.join() === EVENTS.join() && mayHaveMoved(hook.url, url));
  const proven = [];
  for (const hook of candidates) if (await isSignedWith(api, hook, secret, signal)) proven.push(hook);
  return proven.length === 1 ? proven[0] : void 0;
};
var webhookOf = ({ owner }, { id, scope, url }) => ({ id, scope, owner, url });
var shown2 = (address) => {
  const url = URL.parse(address);
  return url === null ? "an address that is no URL" : `${url.origin}${url.pathname}`;
};

// src/bidirectional/github/client.ts
var createGitHub = (client, repository, redact) => {
  const hooks = {
    repository: createHookApi(client, repository, "repository"),
    organization: createHookApi(client, repository, "organization")
  };
  return {
    propose: (proposal, signal) => propose(client, repository, proposal, signal),
    ensureWebhook: (wanted, signal) => ensureWebhook(hooks, wanted, signal),
    recentDeliveries: (webhook2, limit, signal) => recentDeliveries(hooks[webhook2.scope], repository, webhook2, limit, redact, signal)
  };
};

// src/bidirectional/inputs/load.ts
var import_node_fs3 = require("node:fs");
init_text();

// src/lib/limits.ts
var SECOND = 1e3;
var MINUTE = 60 * SECOND;
var HOUR = 60 * MINUTE;
var DEFAULT_TIMEOUT_MS = 10 * MINUTE;
var MAX_TIMEOUT_MS = 120 * HOUR;
var DEFAULT_HEALTHY_FOR_MS = 3 * SECOND;
var MAX_HEALTHY_FOR_MS = 24 * HOUR;
var DEFAULT_POLL_INTERVAL_MS = 15 * SECOND;
var DEFAULT_POLL_INTERVAL_WITHOUT_WATCH_MS = 5 * SECOND;
var MAX_POLL_INTERVAL_MS = 10 * MINUTE;
var DEFAULT_REQUEST_TIMEOUT_MS = 30 * SECOND;
var MIN_REQUEST_TIMEOUT_MS = SECOND;
var MAX_REQUEST_TIMEOUT_MS = 10 * MINUTE;
var MAX_NAMESPACE_LENGTH = 63;

// src/sync/inputs/lists.ts
var lines2 = (text5) => (text5 ?? "").split(/\r?\n/).map((item) => item.trim()).filter((item) => item !== "");
var items = (text5) => lines2(text5).flatMap((line3) => line3.split(",")).map((item) => item.trim()).filter((item) => item !== "");
var unique = (list2) => [...new Set(list2)];

// src/sync/inputs/headers.ts
var TOKEN = /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/;
var VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;
var OURS = /* @__PURE__ */ new Set([
  "accept",
  "authorization",
  "connection",
  "content-length",
  "content-type",
  "host",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade"
]);
var readHeaders = (reading, name) => {
  const headers = [];
  const seen = /* @__PURE__ */ new Set();
  for (const [index, line3] of lines2(reading.text(name)).entries()) {
    const colon = line3.indexOf(":");
    const header2 = line3.slice(0, Math.max(colon, 0)).trim();
    const value = line3.slice(colon + 1).trim();
    secretsOf(value).forEach((secret) => {
      reading.secret(secret);
    });
    const at = `line ${index + 1}`;
    const lower = header2.toLowerCase();
    if (colon < 0 || !TOKEN.test(header2)) {
      reading.problem(
        name,
        void 0,
        `${at} is not "Name: value"`,
        "Write one header per line, for example X-Team: payments."
      );
    } else if (value === "" || !VALUE.test(value)) {
      reading.problem(
        name,
        header2,
        `${at} has ${value === "" ? "no" : "an impossible"} value`,
        "Give a value of printable characters."
      );
    } else if (OURS.has(lower)) {
      reading.problem(
        name,
        header2,
        `${at} is a header that this step sets itself`,
        "Leave it out; credentials have their own inputs."
      );
    } else if (seen.has(lower)) {
      reading.problem(name, header2, `${at} repeats a header`, "Give each header once.");
    } else {
      seen.add(lower);
      headers.push([header2, value]);
    }
  }
  return headers;
};
var secretsOf = (value) => {
  const behind = /^(?:[A-Za-z]+ |[\w.-]+=)(\S{8,})$/.exec(value)?.[1];
  return behind === void 0 ? [value] : [value, behind];
};

// src/sync/inputs/namespaces.ts
var isNamespace = (name) => name.length <= MAX_NAMESPACE_LENGTH && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name);
var readNamespaces = (reading) => {
  const given = unique(items(reading.text("namespace")));
  if (given.length === 0) return void 0;
  if (given.includes("*")) {
    if (given.length === 1) return "*";
    reading.problem("namespace", given.join(", "), "has * beside other namespaces", "Give * alone, or the namespaces.");
    return "*";
  }
  for (const name of given.filter((candidate) => !isNamespace(candidate))) {
    reading.problem(
      "namespace",
      name,
      "cannot be the name of a namespace",
      /[*?[{]/.test(name) ? "Patterns are not possible here: give names, or * for all." : "Give names of namespaces, or * for all."
    );
  }
  return given;
};

// src/sync/inputs/pem.ts
var import_node_crypto6 = require("node:crypto");
var CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g;
var FORM = "Give the content in PEM form, with its BEGIN and END lines and its line breaks.";
var readCertificates = (reading, name) => {
  const text5 = reading.text(name);
  if (text5 === void 0) return "";
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text5)) {
    reading.secret(text5);
    reading.problem(
      name,
      void 0,
      "holds a private key",
      "Give certificates here; a private key belongs in client-key."
    );
    return "";
  }
  const blocks = text5.match(CERTIFICATE) ?? [];
  if (blocks.length === 0) {
    reading.problem(name, void 0, "is no PEM certificate", shapeHint(text5, "CERTIFICATE"));
    return "";
  }
  for (const [index, block2] of blocks.entries()) {
    if (certificate(block2) === void 0) {
      const which2 = blocks.length === 1 ? "its certificate" : `certificate ${index + 1} of ${blocks.length}`;
      reading.problem(name, void 0, `${which2} cannot be read`, shapeHint(text5, "CERTIFICATE"));
      return "";
    }
  }
  return `${blocks.join("\n")}
`;
};
var readPrivateKey = (reading, name) => {
  const text5 = reading.text(name);
  if (text5 === void 0) return "";
  reading.secret(text5);
  if (!/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text5)) {
    reading.problem(name, void 0, "is no PEM private key", shapeHint(text5, "PRIVATE KEY"));
    return "";
  }
  if (/BEGIN ENCRYPTED PRIVATE KEY|Proc-Type: 4,ENCRYPTED/.test(text5)) {
    reading.problem(
      name,
      void 0,
      "is protected by a passphrase",
      "Give the key without one: openssl pkey -in key.pem."
    );
    return "";
  }
  if (privateKey(text5) === void 0) {
    reading.problem(name, void 0, "cannot be read", shapeHint(text5, "PRIVATE KEY"));
    return "";
  }
  return `${text5}
`;
};
var belongTogether = (certificatePem, keyPem) => {
  const parsed = certificate(certificatePem);
  const key = privateKey(keyPem);
  return parsed !== void 0 && key !== void 0 && parsed.checkPrivateKey(key);
};
var certificate = (pem2) => {
  try {
    return new import_node_crypto6.X509Certificate(pem2);
  } catch {
    return void 0;
  }
};
var privateKey = (pem2) => {
  try {
    return (0, import_node_crypto6.createPrivateKey)(pem2);
  } catch {
    return void 0;
  }
};
var shapeHint = (text5, label) => {
  if (text5.includes("\\n")) return "Its line breaks are written as \\n: give real line breaks.";
  if (/^[A-Za-z0-9+/=\s]+$/.test(text5) && Buffer.from(text5, "base64").toString("latin1").includes(label)) {
    return "It is base64 of a PEM text: decode it first (base64 -d).";
  }
  return FORM;
};

// src/sync/inputs/proxy.ts
var readProxy = (reading) => ({
  https: readProxyUrl(reading, "HTTPS_PROXY"),
  http: readProxyUrl(reading, "HTTP_PROXY"),
  no: either(reading, "NO_PROXY")?.value ?? ""
});
var either = (reading, name) => {
  for (const candidate of [name, name.toLowerCase()]) {
    const value = reading.variable(candidate);
    if (value !== void 0) return { name: candidate, value };
  }
  return void 0;
};
var readProxyUrl = (reading, variable) => {
  const found = either(reading, variable);
  if (found === void 0) return "";
  const text5 = found.value.includes("://") ? found.value : `http://${found.value}`;
  const url = URL.canParse(text5) ? new URL(text5) : void 0;
  if (url === void 0 || !/^https?:$/.test(url.protocol) || url.hostname === "") {
    reading.problem(
      found.name,
      void 0,
      "is no proxy that can be used",
      "Set it to http://host:port or https://host:port, or unset it."
    );
    return "";
  }
  if (url.password !== "") {
    reading.secret(url.password);
    reading.secret(decodePart(url.password));
  }
  return text5;
};
var decodePart = (text5) => {
  try {
    return decodeURIComponent(text5);
  } catch {
    return text5;
  }
};

// src/sync/inputs/scalars.ts
init_nearest();
init_text();
var TRUE = ["true", "True", "TRUE"];
var FALSE = ["false", "False", "FALSE"];
var readBoolean = (reading, name, fallback) => {
  const value = reading.text(name);
  if (value === void 0) return fallback;
  if (TRUE.includes(value)) return true;
  if (FALSE.includes(value)) return false;
  reading.problem(name, value, "is not a boolean", "Say true or false.");
  return fallback;
};
var readChoice = (reading, name, choices, fallback) => {
  const value = reading.text(name);
  if (value === void 0) return fallback;
  const choice = choices.find((candidate) => candidate === value);
  if (choice !== void 0) return choice;
  const [near] = nearest(value, choices, 1);
  const all = `${enumerate(choices, "or")}`;
  reading.problem(
    name,
    value,
    "is not one of its values",
    near === void 0 ? `Say ${all}.` : `Did you mean ${near}? Allowed: ${all}.`
  );
  return fallback;
};
var readInteger = (reading, name, bounds, fallback) => {
  const value = reading.text(name);
  if (value === void 0) return fallback;
  const why = bounds.why === void 0 ? "" : ` ${bounds.why}`;
  const remedy = `Say a whole number from ${bounds.min} to ${bounds.max}.${why}`;
  if (!/^[+-]?\d{1,15}$/.test(value)) {
    reading.problem(name, value, "is not a whole number", remedy);
    return fallback;
  }
  const number2 = Number(value);
  if (number2 < bounds.min || number2 > bounds.max) {
    reading.problem(name, value, `is ${number2 < bounds.min ? "too small" : "too large"}`, remedy);
    return fallback;
  }
  return number2;
};
var readDuration = (reading, name, bounds, fallback) => {
  const value = reading.text(name);
  if (value === void 0) return fallback;
  if (/^\d+(?:\.\d+)?$/.test(value)) {
    reading.problem(name, value, "is a number without a unit", `Say ${value}s for seconds or ${value}m for minutes.`);
    return fallback;
  }
  const duration = parseDuration(value);
  if (duration === void 0) {
    reading.problem(name, value, "is not a duration", "Say for example 90s, 5m, 1h30m or 500ms.");
    return fallback;
  }
  if (duration < bounds.min || duration > bounds.max) {
    const why = bounds.why === void 0 ? "" : ` ${bounds.why}`;
    reading.problem(
      name,
      value,
      `is too ${duration < bounds.min ? "short" : "long"}`,
      `Say a duration from ${formatDuration(bounds.min)} to ${formatDuration(bounds.max)}.${why}`
    );
    return fallback;
  }
  return duration;
};

// src/sync/inputs/common-connection.ts
var readCommon = (reading) => {
  const certificateAuthority = readCertificates(reading, "certificate-authority");
  const clientCertificate = readCertificates(reading, "client-certificate");
  const clientKey = readPrivateKey(reading, "client-key");
  const insecureSkipTlsVerify = readBoolean(reading, "insecure-skip-tls-verify", false);
  if (reading.given("client-certificate") !== reading.given("client-key")) {
    const [has, lacks] = reading.given("client-key") ? ["client-key", "client-certificate"] : ["client-certificate", "client-key"];
    reading.problem(has, void 0, `is given without ${lacks}`, "Give both or none.");
  } else if (clientCertificate !== "" && clientKey !== "" && !belongTogether(clientCertificate, clientKey)) {
    reading.problem(
      "client-key",
      void 0,
      "does not belong to client-certificate",
      "Give the certificate and the key that were made together."
    );
  }
  if (insecureSkipTlsVerify && reading.given("certificate-authority")) {
    reading.problem(
      "insecure-skip-tls-verify",
      "true",
      "is given together with certificate-authority, which would be ignored",
      "Remove insecure-skip-tls-verify; the certificate authority makes the connection trusted."
    );
  }
  return {
    namespaces: readNamespaces(reading),
    certificateAuthority,
    clientCertificate,
    clientKey,
    headers: readHeaders(reading, "headers"),
    insecureSkipTlsVerify,
    requestTimeoutMs: readDuration(
      reading,
      "request-timeout",
      { min: MIN_REQUEST_TIMEOUT_MS, max: MAX_REQUEST_TIMEOUT_MS },
      DEFAULT_REQUEST_TIMEOUT_MS
    ),
    proxy: readProxy(reading)
  };
};

// src/sync/inputs/kubernetes-connection.ts
var import_node_path4 = require("node:path");

// src/sync/inputs/kubeconfig.ts
init_json();
init_nearest();
init_yaml();
var isKubeconfigContent = (value) => /[\r\n]|:\s/.test(value) || /\b(?:apiVersion|clusters|contexts)["']?\s*:/.test(value) || value.startsWith("{");
var looksLikePath = (value) => value.length <= 255 && /^(?:~?\/|\.{1,2}[\\/]|[A-Za-z]:[\\/]|[\w.-]{1,64}[\\/]|[\w.-]+\.(?:ya?ml|conf|config|kubeconfig)$)/.test(value);
var checkKubeconfig = (reading, input, texts2, context) => {
  const known3 = [];
  for (const { source, content } of texts2) {
    const parsed = parse(content);
    const where = source === input ? "" : `${source}: `;
    if (parsed.kind === "invalid") {
      reading.problem(input, void 0, `${where}${parsed.problem}`, parsed.remedy);
      continue;
    }
    for (const secret of kubeconfigSecrets(parsed.value)) reading.secret(secret);
    known3.push({
      contexts: list(record(parsed.value).contexts).map((item) => text(record(item).name)).filter((name) => name !== ""),
      current: text(record(parsed.value)["current-context"])
    });
  }
  if (known3.length < texts2.length) return;
  const contexts = [...new Set(known3.flatMap((item) => item.contexts))];
  const current = known3.find((item) => item.current !== "")?.current ?? "";
  const choose = contexts.length === 0 ? "It has no contexts at all." : `Its contexts: ${contexts.slice(0, 10).join(", ")}.`;
  if (context !== void 0 && !contexts.includes(context)) {
    const [near] = nearest(context, contexts, 1);
    reading.problem(
      "context",
      context,
      `is no context of ${input}`,
      near === void 0 ? choose : `Did you mean ${near}? ${choose}`
    );
  } else if (context === void 0 && current === "") {
    reading.problem(input, void 0, "has no current-context", `Set context. ${choose}`);
  } else if (context === void 0 && !contexts.includes(current)) {
    reading.problem(
      input,
      void 0,
      `names a current-context "${current}" that it does not have`,
      `Set context. ${choose}`
    );
  }
};
var parse = (content) => {
  const read = readYaml(content);
  if (read.kind === "invalid") {
    return {
      kind: "invalid",
      problem: `is not valid YAML${read.place === "" ? "" : ` (${read.place})`}`,
      remedy: "Give the kubeconfig unchanged: kubectl config view --raw --flatten --minify."
    };
  }
  const { value } = read;
  const config = record(value);
  if (list(config.clusters).length === 0 && list(config.contexts).length === 0) {
    return {
      kind: "invalid",
      problem: "is YAML, but no kubeconfig: it has neither clusters nor contexts",
      remedy: "Give the output of kubectl config view --raw --flatten --minify, or the path of a kubeconfig file."
    };
  }
  return { kind: "ok", value };
};
var SECRET_NAMES = /token|password|secret|key|credential/i;
var PROVIDER_SECRETS = ["access-token", "id-token", "refresh-token", "client-secret"];
var kubeconfigSecrets = (config) => list(record(config).users).flatMap((entry) => {
  const user = record(record(entry).user);
  const provider = record(record(user["auth-provider"]).config);
  const key = text(user["client-key-data"]);
  return [
    text(user.token),
    text(user.password),
    key,
    key === "" ? "" : Buffer.from(key, "base64").toString("utf8"),
    ...PROVIDER_SECRETS.map((name) => text(provider[name])),
    ...list(record(user.exec).env).map(record).filter((variable) => SECRET_NAMES.test(text(variable.name))).map((variable) => text(variable.value))
  ];
});

// src/sync/inputs/kubernetes-connection.ts
var readKubernetes = (reading, common) => {
  const context = reading.text("context");
  const kubeconfig = findKubeconfig(reading, context);
  return kubeconfig === void 0 ? void 0 : { ...common, mode: "kubernetes", kubeconfig, context: context ?? "" };
};
var findKubeconfig = (reading, context) => {
  const given = reading.text("kubeconfig");
  if (given !== void 0 && isKubeconfigContent(given)) {
    checkKubeconfig(reading, "kubeconfig", [{ source: "kubeconfig", content: given }], context);
    return { kind: "content", yaml: given };
  }
  if (given !== void 0) return fromPaths(reading, "kubeconfig", splitPaths(reading, given), context, "all");
  const variable = reading.variable("KUBECONFIG");
  if (variable !== void 0) return fromPaths(reading, "KUBECONFIG", splitPaths(reading, variable), context, "some");
  const home = homePath(reading, ".kube/config");
  if (home !== void 0 && canRead(reading, home)) return fromPaths(reading, home, [home], context, "all");
  return inCluster(reading, context);
};
var fromPaths = (reading, input, paths, context, required) => {
  const found = paths.map((path5) => ({ path: path5, content: tryRead(reading, path5) }));
  const missing = found.filter((file) => typeof file.content !== "string");
  const texts2 = found.flatMap(
    (file) => typeof file.content === "string" ? [{ source: file.path, content: file.content }] : []
  );
  if (required === "all" || texts2.length === 0) {
    for (const { path: path5, content } of missing) {
      const shown4 = looksLikePath(path5) ? path5 : void 0;
      reading.problem(input, shown4, pathProblem2(content), pathRemedy(input, path5));
    }
    if (missing.length > 0) return void 0;
  }
  checkKubeconfig(reading, input, texts2, context);
  return { kind: "path", paths: texts2.map((file) => file.source) };
};
var pathProblem2 = (failure) => {
  const code2 = failure instanceof Error && "code" in failure ? failure.code : void 0;
  if (code2 === "EACCES" || code2 === "EPERM") return "is a file that may not be read";
  if (code2 === "EISDIR") return "is a directory";
  return "is neither kubeconfig content nor a file that exists";
};
var pathRemedy = (input, path5) => {
  const decoded = /^[A-Za-z0-9+/=]{40,}$/.test(path5) ? Buffer.from(path5, "base64").toString("utf8") : "";
  if (isKubeconfigContent(decoded)) return "It is base64 of a kubeconfig: decode it first (base64 -d).";
  return input === "kubeconfig" ? "Give the whole content of a kubeconfig, or the path of a file on the runner." : `Let ${input} name a file on the runner, or give the kubeconfig input.`;
};
var tryRead = (reading, path5) => {
  try {
    return reading.readFile(path5);
  } catch (failure) {
    return failure;
  }
};
var canRead = (reading, path5) => typeof tryRead(reading, path5) === "string";
var splitPaths = (reading, value) => value.split(import_node_path4.delimiter).map((path5) => path5.trim()).filter((path5) => path5 !== "").map((path5) => path5.startsWith("~/") ? homePath(reading, path5.slice(2)) ?? path5 : path5);
var homePath = (reading, path5) => {
  const home = reading.variable("HOME") ?? reading.variable("USERPROFILE");
  return home === void 0 ? void 0 : `${home.replace(/[\\/]+$/, "")}/${path5}`;
};
var SERVICE_ACCOUNT_TOKEN = "/var/run/secrets/kubernetes.io/serviceaccount/token";
var inCluster = (reading, context) => {
  const token = tryRead(reading, SERVICE_ACCOUNT_TOKEN);
  if (reading.variable("KUBERNETES_SERVICE_HOST") === void 0 || typeof token !== "string") {
    reading.problem(
      "kubeconfig",
      void 0,
      "is missing, and nothing else says how to connect (no argocd-server, ARGOCD_SERVER, KUBECONFIG, ~/.kube/config, and this is no pod with a service account)",
      "Give kubeconfig (Kubernetes API), or argocd-server and argocd-auth-token (Argo CD API). An empty secret is often one that this event or environment may not read."
    );
    return void 0;
  }
  reading.secret(token);
  if (context !== void 0) {
    reading.problem(
      "context",
      context,
      "has no effect: there is no kubeconfig, only the service account of this pod",
      "Leave it out, or give kubeconfig."
    );
  }
  return { kind: "in-cluster" };
};

// src/sync/inputs/reading.ts
var Reading = class {
  env;
  readFile;
  problems = [];
  secrets = /* @__PURE__ */ new Set();
  /** Inputs that were read and given, in the order of reading. */
  called = /* @__PURE__ */ new Map();
  #read;
  #lent;
  /** `lent`: values that stand in for inputs, over what is given itself. */
  constructor(read, env, readFile, lent = /* @__PURE__ */ new Map()) {
    this.#read = read;
    this.#lent = lent;
    this.env = env;
    this.readFile = readFile;
  }
  /** The input without blanks around it; undefined when nothing is left. */
  text(name) {
    const given = this.#read(name).trim();
    const value = this.#lent.get(name) ?? given;
    if (value === "") return void 0;
    this.called.set(name, value);
    return value;
  }
  /** An environment variable, read in the same way. */
  variable(name) {
    const value = this.env[name]?.trim();
    return value === void 0 || value === "" ? void 0 : value;
  }
  given(name) {
    return this.text(name) !== void 0;
  }
  /** `value` only where it is no secret. */
  problem(input, value, problem, remedy) {
    this.problems.push({ input, value: value === void 0 ? void 0 : shorten(value), problem, remedy });
  }
  /** Remembers a value to mask: whole, and each line of it that could stand alone. */
  secret(value) {
    for (const item of maskable(value ?? "")) this.secrets.add(item);
  }
};
var MAX_SHOWN = 200;
var shorten = (value) => {
  const line3 = value.replace(/\s*[\r\n]+\s*/g, "\u23CE");
  return line3.length > MAX_SHOWN ? `${line3.slice(0, MAX_SHOWN)}\u2026` : line3;
};
var MIN_LINE = 8;
var maskable = (secret) => {
  const whole3 = secret.trim();
  if (whole3 === "") return [];
  const lines3 = whole3.split(/\r?\n|\\n/).map((line3) => line3.trim()).filter((line3) => line3.length >= MIN_LINE && !line3.startsWith("-----"));
  return [.../* @__PURE__ */ new Set([whole3, ...lines3])];
};

// src/targets/label-selector.ts
var matchesSelector = (requirements, labels) => requirements.every((requirement) => fulfils(requirement, labels));
var fulfils = (requirement, labels) => {
  const value = Object.hasOwn(labels, requirement.key) ? labels[requirement.key] : void 0;
  switch (requirement.operator) {
    case "exists":
      return value !== void 0;
    case "absent":
      return value === void 0;
    case "in":
      return value !== void 0 && requirement.values.includes(value);
    case "notin":
      return value === void 0 || !requirement.values.includes(value);
    case "gt":
      return isInteger(value) && Number(value) > requirement.value;
    case "lt":
      return isInteger(value) && Number(value) < requirement.value;
  }
};
var isInteger = (text5) => text5 !== void 0 && /^[+-]?\d{1,15}$/.test(text5);
var isLabelKey = (key) => {
  const slash = key.indexOf("/");
  const prefix = slash < 0 ? void 0 : key.slice(0, slash);
  const name = key.slice(slash + 1);
  return name !== "" && isLabelValue(name) && (prefix === void 0 || prefix.length <= 253 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(prefix));
};
var isLabelValue = (value) => value.length <= 63 && /^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/.test(value);
var TOKEN2 = /\s*(==|!=|[=!(),<>]|[^\s=!(),<>]+)/y;
var tokenize = (text5) => {
  const tokens = [];
  TOKEN2.lastIndex = 0;
  for (let match = TOKEN2.exec(text5); match !== null; match = TOKEN2.exec(text5)) {
    const found = match[1] ?? "";
    tokens.push({ text: found, word: !/^[=!(),<>]/.test(found), at: TOKEN2.lastIndex - found.length });
  }
  return tokens;
};
var parseSelector = (text5) => {
  const tokens = tokenize(text5);
  const requirements = [];
  let next = 0;
  const failAt = (problem, token) => ({
    kind: "invalid",
    problem,
    position: (token?.at ?? text5.length) + 1
  });
  const found = (token) => token === void 0 ? "the end" : `"${token.text}"`;
  while (next < tokens.length) {
    const negated = tokens[next]?.text === "!";
    if (negated) next++;
    const key = tokens[next++];
    if (key?.word !== true) return failAt(`expected a label, found ${found(key)}`, key);
    if (!isLabelKey(key.text)) return failAt(`"${key.text}" cannot be a label`, key);
    const operator = tokens[next];
    if (negated || operator === void 0 || operator.text === ",") {
      requirements.push({ key: key.text, operator: negated ? "absent" : "exists" });
    } else if (/^(?:in|notin)$/.test(operator.text)) {
      next++;
      const open2 = tokens[next++];
      if (open2?.text !== "(") return failAt(`expected "(" after ${operator.text}, found ${found(open2)}`, open2);
      const values = [];
      let last = "";
      for (; ; ) {
        const token = tokens[next++];
        if (token?.text === ")" || token?.text === ",") {
          if (last !== "value") values.push("");
          last = token.text;
          if (token.text === ")") break;
        } else if (token?.word === true && last !== "value") {
          if (!isLabelValue(token.text)) return failAt(`"${token.text}" cannot be the value of a label`, token);
          values.push(token.text);
          last = "value";
        } else {
          return failAt(`expected "," or ")", found ${found(token)}`, token);
        }
      }
      requirements.push({ key: key.text, operator: operator.text === "in" ? "in" : "notin", values });
    } else if (/^(?:==?|!=)$/.test(operator.text)) {
      next++;
      const value = tokens[next];
      if (value?.word === true) {
        if (!isLabelValue(value.text)) return failAt(`"${value.text}" cannot be the value of a label`, value);
        next++;
      } else if (value !== void 0 && value.text !== ",") {
        return failAt(`expected a value, found "${value.text}"`, value);
      }
      requirements.push({
        key: key.text,
        operator: operator.text === "!=" ? "notin" : "in",
        values: [value?.word === true ? value.text : ""]
      });
    } else if (/^[<>]$/.test(operator.text)) {
      next++;
      const value = tokens[next++];
      const bound = value?.text;
      if (!isInteger(bound)) {
        return failAt(`expected a whole number after ${operator.text}, found ${found(value)}`, value);
      }
      requirements.push({ key: key.text, operator: operator.text === ">" ? "gt" : "lt", value: Number(bound) });
    } else {
      return failAt(`expected =, ==, !=, in, notin, < or >, found ${found(operator)}`, operator);
    }
    const comma = tokens[next];
    if (comma === void 0) break;
    if (comma.text !== ",") return failAt(`expected ",", found ${found(comma)}`, comma);
    next++;
    if (next >= tokens.length) return failAt('expected a label after ","', void 0);
  }
  return { kind: "ok", requirements };
};

// src/bidirectional/inputs/load.ts
var DEFAULT_NAMESPACE = "argocd";
var DEFAULT_MAX_DELETIONS = 10;
var MOST_DELETIONS = 1e3;
var loadInputs = (read, env, readFile = readTextFile) => {
  const reading = new Reading(read, env, readFile);
  for (const name of ["github-token", "webhook-secret"]) reading.secret(reading.text(name));
  const common = readCommon(reading);
  const connection = readKubernetes(reading, common);
  const write = readChoice(reading, "write", ["commit", "pull-request"], "commit");
  const direction = readChoice(reading, "direction", ["both", "to-platform", "to-git"], "both");
  const githubToken = reading.text("github-token") ?? "";
  const webhook2 = readWebhook(reading);
  const rest = {
    folder: readFolder(reading),
    branch: readBranch(reading),
    kinds: readKinds(reading),
    namespaces: common.namespaces === void 0 ? [DEFAULT_NAMESPACE] : [common.namespaces].flat(),
    selector: readSelector(reading),
    direction,
    conflict: readChoice(reading, "conflict", ["first", "git", "platform", "fail"], "first"),
    delete: readBoolean(reading, "delete", false),
    maxDeletions: readInteger(reading, "max-deletions", { min: 0, max: MOST_DELETIONS }, DEFAULT_MAX_DELETIONS),
    create: readBoolean(reading, "create", true),
    write,
    githubToken,
    webhook: webhook2,
    dryRun: readBoolean(reading, "dry-run", false)
  };
  if (reading.given("max-deletions") && !rest.delete) {
    reading.problem(
      "max-deletions",
      reading.text("max-deletions"),
      "has no effect while delete is false",
      "Set delete to true, or leave it out."
    );
  }
  if (write === "pull-request" && direction === "to-platform") {
    reading.problem(
      "write",
      write,
      "has no effect: direction to-platform writes nothing to Git",
      "Leave write out, or change direction."
    );
  }
  if (githubToken === "" && (write === "pull-request" || webhook2 !== void 0)) {
    const why = write === "pull-request" ? "write: pull-request" : "webhook-url";
    reading.problem(
      "github-token",
      void 0,
      `is missing, and ${why} needs it`,
      "Give a token, for example secrets.GITHUB_TOKEN; docs/bidirectional.md names its rights."
    );
  }
  const secrets = [...reading.secrets].sort((a, b) => b.length - a.length);
  const called2 = [...reading.called].map(
    ([input, value]) => [input, HIDDEN.has(input) || secrets.some((secret) => value.includes(secret)) ? "***" : value]
  );
  if (connection === void 0 || reading.problems.length > 0) {
    const problems2 = reading.problems.map(forThisAction).map((problem) => withoutSecrets(problem, secrets));
    return { kind: "invalid", problems: problems2, secrets, called: called2 };
  }
  return { kind: "ok", inputs: { connection, ...rest }, secrets, called: called2 };
};
var readTextFile = (path5) => (0, import_node_fs3.readFileSync)(path5, "utf8");
var HIDDEN = /* @__PURE__ */ new Set([
  "kubeconfig",
  "certificate-authority",
  "client-certificate",
  "client-key",
  "headers",
  "github-token",
  "webhook-secret"
]);
var withoutSecrets = (problem, secrets) => secrets.some((secret) => problem.value?.includes(secret)) ? { ...problem, value: void 0 } : problem;
var forThisAction = (problem) => problem.input === "kubeconfig" && problem.problem.startsWith("is missing") ? {
  ...problem,
  problem: "is missing, and there is no KUBECONFIG, no ~/.kube/config and no service account of a pod",
  remedy: "Give kubeconfig. An empty secret is often one that this event or environment may not read."
} : problem;
var readFolder = (reading) => {
  const given = reading.text("folder");
  if (given === void 0) return "";
  const parts = given.split("/").filter((part) => part !== "" && part !== ".");
  const bad = given.startsWith("/") || given.includes("\\") || parts.includes("..") || parts.some((part) => part.toLowerCase() === ".git");
  if (bad) {
    reading.problem(
      "folder",
      given,
      "is no folder of the repository",
      "Give a path from its root, such as apps or clusters/prod."
    );
  }
  return parts.join("/");
};
var readBranch = (reading) => {
  const given = reading.text("branch")?.replace(/^refs\/heads\//, "") ?? "";
  if (/^[-/]|[/.]$|\.\.|@\{|\/\/|\.lock(?:\/|$)|[\s~^:?*[\\\p{Cc}]/u.test(given) || given.startsWith("refs/")) {
    reading.problem("branch", given, "cannot be the name of a branch", "Give the plain name, such as main.");
  }
  return given;
};
var readKinds = (reading) => {
  const given = unique(items(reading.text("kinds")));
  for (const kind of given.filter((one) => !isKind(one))) {
    reading.problem("kinds", kind, "is not one of the kinds", `Say ${enumerate(KINDS, "or")}.`);
  }
  return given.length === 0 ? KINDS : KINDS.filter((kind) => given.includes(kind));
};
var readSelector = (reading) => {
  const given = reading.text("selector") ?? "";
  const parsed = parseSelector(given);
  if (parsed.kind === "invalid") {
    reading.problem(
      "selector",
      given,
      `is no label selector: ${parsed.problem}, at character ${parsed.position}`,
      "For example team=web,tier!=test."
    );
  }
  return given;
};
var readWebhook = (reading) => {
  const url = reading.text("webhook-url");
  const scope = readChoice(reading, "webhook-scope", ["repository", "organization"], "repository");
  const secret = reading.text("webhook-secret") ?? "";
  if (url === void 0) {
    for (const name of ["webhook-scope", "webhook-secret"].filter((input) => reading.given(input))) {
      reading.problem(name, void 0, "is given without webhook-url", "Give both or none.");
    }
    return void 0;
  }
  const parsed = URL.parse(url);
  if (parsed === null || parsed.protocol !== "https:" && parsed.protocol !== "http:" || parsed.username !== "") {
    reading.problem(
      "webhook-url",
      void 0,
      "is no http or https address without a user name",
      "Give for example https://argocd.example.com/api/webhook."
    );
  }
  return { url, scope, secret };
};

// src/bidirectional/report/conclude.ts
init_printable();
init_text();

// src/bidirectional/report/report.ts
var refOf2 = ({ kind, namespace, name }) => ({ kind, namespace, name });

// src/bidirectional/report/conclude.ts
var isUnresolved = (event) => event.status === "CONFLICT" && event.payload.fields.some(({ kept }) => kept === "both");
var failuresOf = ({
  problems: problems2,
  events: events3,
  invalid: invalid2
}) => [
  ...problems2.map(({ title, message }) => `${title}: ${message}`),
  ...events3.filter(({ status }) => status === "FAILED").map((event) => `${entityName(refOf2(event))}: ${event.message}`),
  ...events3.filter(isUnresolved).map((event) => `${entityName(refOf2(event))}: ${event.message}`),
  ...invalid2.map(
    ({ path: path5, position, title, message }) => `${path5}:${position.line}:${position.column}: ${title}: ${message}`
  )
];
var conclude = (ending) => {
  if (ending.cancelled) return { result: "cancelled", headline: `Cancelled after ${formatElapsed(ending.durationMs)}` };
  const failed2 = failuresOf(ending).length > 0;
  if (ending.ignored !== "") return { result: "succeeded", headline: `Nothing to do: ${ending.ignored}` };
  const [problem] = ending.problems;
  if (problem !== void 0)
    return { result: "failed", headline: oneLine(`${problem.title}: ${problem.message}`, 300) };
  return { result: failed2 ? "failed" : "succeeded", headline: headlineOf(ending) };
};
var headlineOf = ({ events: events3, invalid: invalid2, equal, dryRun, durationMs }) => {
  const done2 = (direction) => new Set(
    events3.filter(
      (event) => event.direction === direction && event.action !== "keep" && event.status === (dryRun ? "SKIPPED" : "SUCCESS")
    ).map((event) => entityName(refOf2(event)))
  ).size;
  const [toPlatform, toGit] = [done2("to-platform"), done2("to-git")];
  const conflicts = new Set(
    events3.filter(({ status }) => status === "CONFLICT").map((event) => entityName(refOf2(event)))
  ).size;
  const failed2 = events3.filter(({ status }) => status === "FAILED").length;
  const would = dryRun ? "would go " : "";
  const parts = [
    ...toPlatform > 0 ? [`${toPlatform} ${would}to the platform`] : [],
    ...toGit > 0 ? [`${toGit} ${would}to Git`] : [],
    ...conflicts > 0 ? [counted(conflicts, "conflict")] : [],
    ...failed2 > 0 ? [`${failed2} failed`] : [],
    ...invalid2.length > 0 ? [counted(invalid2.length, "invalid file")] : []
  ];
  const same = equal === 1 ? "1 entity is equal on both sides" : `${grouped(equal)} entities are equal on both sides`;
  return `${parts.length === 0 ? `Nothing to change, ${same}` : `${parts.join(", ")}; ${same}`} (${formatElapsed(durationMs)})`;
};

// src/bidirectional/invalid.ts
var invalidReport = (inputProblems, now) => {
  const problems2 = inputProblems.map(({ input, value, problem, remedy }) => ({
    title: `Input ${input}`,
    message: value === void 0 ? problem : `"${value}": ${problem}`,
    hint: remedy,
    causes: []
  }));
  const stamp = now.toISOString();
  const ending = {
    problems: problems2,
    events: [],
    invalid: [],
    equal: 0,
    dryRun: false,
    cancelled: false,
    durationMs: 0,
    ignored: ""
  };
  return {
    schemaVersion: 1,
    action: "bidirectional",
    ...conclude(ending),
    startedAt: stamp,
    finishedAt: stamp,
    durationMs: 0,
    dryRun: false,
    connection: "",
    repository: "",
    branch: "",
    folder: "",
    head: "",
    commit: "",
    pullRequest: null,
    problems: problems2,
    warnings: [],
    events: [],
    invalid: [],
    leftAlone: [],
    equal: 0,
    webhook: null
  };
};

// src/bidirectional/report/log.ts
init_printable();
var MAX_LINE = 400;
var MAX_LINES = 1e3;
var ARROWS = {
  "to-platform": "Git \u2192 platform",
  "to-git": "platform \u2192 Git",
  none: "kept apart"
};
var createLog = (writer, style) => {
  let open2 = false;
  let lines3 = 0;
  const line3 = (text5) => {
    lines3 += 1;
    if (lines3 <= MAX_LINES) writer.line(oneLine(text5, MAX_LINE));
    if (lines3 === MAX_LINES) writer.line("\u2026 more is in the report");
  };
  const close = () => {
    if (open2) writer.close();
    open2 = false;
  };
  return {
    emit(item) {
      switch (item.kind) {
        case "phase":
          close();
          writer.open(item.title);
          open2 = true;
          return;
        case "line":
          return line3(style.mute(oneLine(item.text, MAX_LINE)));
        case "warning":
          return line3(`warning: ${item.text}`);
        case "event":
          return line3(eventLine(item.event));
      }
    },
    close,
    finish(report) {
      close();
      const reasons = Map.groupBy(report.leftAlone, ({ reason }) => reason);
      for (const [reason, all] of [...reasons].slice(0, 20)) {
        const names = all.slice(0, 5).map(({ entity: entity2 }) => entity2);
        const more2 = all.length > names.length ? ` and ${all.length - names.length} more` : "";
        writer.line(style.mute(oneLine(`left alone: ${names.join(", ")}${more2}: ${reason}`, MAX_LINE)));
      }
      for (const { path: path5, position, title, message } of report.invalid.slice(0, 50)) {
        writer.line(oneLine(`${title}: ${path5}:${position.line}:${position.column} ${message}`, MAX_LINE));
      }
      for (const { title, message, hint, causes } of report.problems) {
        writer.line(oneLine(`${title}: ${message}${hint === "" ? "" : `. ${hint}`}`, MAX_LINE));
        for (const cause of causes) writer.line(style.mute(oneLine(`  ${cause}`, MAX_LINE)));
      }
      writer.line(style.highlight(oneLine(report.headline, MAX_LINE)));
    }
  };
};
var eventLine = (event) => {
  const { status, direction, message, hint, commit: commit2 } = event;
  const at = commit2 === "" ? "" : ` [${commit2.slice(0, 7)}]`;
  const advice = hint === "" || status === "SUCCESS" ? "" : `. ${hint}`;
  return `${status.padEnd(8)} ${ARROWS[direction]}  ${entityName(refOf2(event))}: ${message}${at}${advice}`;
};

// src/bidirectional/report/writer.ts
var import_node_fs4 = require("node:fs");
var import_node_os = require("node:os");
var import_node_path5 = require("node:path");
init_printable();
init_workflow_command();

// src/bidirectional/report/annotations.ts
init_printable();
var toAnnotations2 = (report) => {
  const shown4 = (...parts) => oneLine(
    parts.filter((part) => part !== "").map((part) => part.replace(/\.$/, "")).join(". "),
    ANNOTATION_MESSAGE_MAX
  );
  const errors = [
    ...report.invalid.map(
      ({ path: path5, position, title, message, hint }) => ({
        level: "error",
        title: oneLine(title, ANNOTATION_MESSAGE_MAX),
        message: shown4(`${title}: ${path5}:${position.line}:${position.column} ${message}`, hint),
        place: { file: path5, startLine: position.line, startColumn: position.column }
      })
    ),
    ...report.problems.map(
      ({ title, message, hint }) => ({
        level: "error",
        title: oneLine(title, ANNOTATION_MESSAGE_MAX),
        message: shown4(message, hint)
      })
    ),
    ...report.events.filter((event) => event.status === "FAILED" || isUnresolved(event)).map((event) => {
      const name = entityName(refOf2(event));
      return {
        level: "error",
        title: oneLine(name, ANNOTATION_MESSAGE_MAX),
        message: shown4(`${name}: ${event.message}`, event.hint)
      };
    })
  ];
  const warnings = report.warnings.map(
    (text5) => ({ level: "warning", title: "GitOpsSync", message: shown4(text5) })
  );
  return [...atMost(errors), ...atMost(warnings)];
};
var atMost = (all) => {
  const [first] = all;
  const max = ANNOTATIONS_MAX - 1;
  if (first === void 0 || all.length <= max) return all;
  const count = all.length - (max - 1);
  return [
    ...all.slice(0, max - 1),
    { level: first.level, title: `and ${count} more`, message: `${count} more: see the job summary` }
  ];
};

// src/bidirectional/report/outputs.ts
init_printable();
var OUTPUT_NAMES2 = [
  "result",
  "to-platform",
  "to-git",
  "conflicts",
  "invalid",
  "events",
  "commit",
  "pull-request",
  "report"
];
var EARLY_OUTPUTS2 = {
  result: "failed",
  "to-platform": "[]",
  "to-git": "[]",
  conflicts: "[]",
  invalid: "[]",
  events: "[]",
  commit: "",
  "pull-request": "",
  report: ""
};
var MESSAGE_MAX2 = 1e3;
var EVENTS_SHARE = 0.6;
var toOutputs = (report, reportPath) => {
  const { events: events3, invalid: invalid2, dryRun } = report;
  const share = Math.floor(OUTPUTS_MAX_UNITS * (1 - EVENTS_SHARE) / 4);
  const written2 = (direction) => array(
    [
      ...new Set(
        events3.filter((event) => event.direction === direction && event.action !== "keep").filter(({ status }) => status === (dryRun ? "SKIPPED" : "SUCCESS")).map((event) => entityName(refOf2(event)))
      )
    ].map((name) => JSON.stringify(name)),
    share
  );
  const conflicts = events3.filter(({ status }) => status === "CONFLICT").map(
    (event) => JSON.stringify({
      entity: entityName(refOf2(event)),
      fields: event.payload.fields.map(({ path: path5 }) => path5),
      resolved: !isUnresolved(event),
      message: oneLine(event.message, MESSAGE_MAX2)
    })
  );
  const refused = invalid2.map(
    ({ path: path5, position, title, message }) => JSON.stringify({ file: path5, ...position, title, message: oneLine(message, MESSAGE_MAX2) })
  );
  return {
    result: report.result,
    "to-platform": written2("to-platform"),
    "to-git": written2("to-git"),
    conflicts: array(conflicts, share),
    invalid: array(refused, share),
    events: eventsOutput(events3, Math.floor(OUTPUTS_MAX_UNITS * EVENTS_SHARE)),
    commit: report.commit,
    "pull-request": report.pullRequest?.url ?? "",
    report: reportPath
  };
};
var eventsOutput = (events3, max) => {
  const whole3 = events3.map((event) => JSON.stringify({ ...event, message: oneLine(event.message, MESSAGE_MAX2) }));
  if (whole3.reduce((sum, text5) => sum + text5.length + 1, 2) <= max) return array(whole3, max);
  return array(
    events3.map(
      ({ payload: _, ...event }) => JSON.stringify({ ...event, message: oneLine(event.message, MESSAGE_MAX2) })
    ),
    max
  );
};
var array = (items2, max) => {
  let length = 2;
  const kept = items2.filter((item) => {
    length += item.length + 1;
    return length <= max;
  });
  return `[${kept.join(",")}]`;
};

// src/bidirectional/report/redact.ts
init_json();
init_printable();
var redactReport = (report, redact) => {
  const line3 = (text6) => redact(oneLine(redact(text6), REPORT_TEXT_MAX));
  const text5 = (value) => redact(printable(redact(value), REPORT_TEXT_MAX));
  const deep = (value) => walk(value, text5);
  return {
    ...report,
    headline: line3(report.headline),
    connection: line3(report.connection),
    repository: line3(report.repository),
    problems: report.problems.map((problem) => deep(problem)),
    warnings: report.warnings.map(line3),
    events: report.events.map((event) => ({
      ...event,
      message: line3(event.message),
      hint: line3(event.hint),
      payload: deep(event.payload)
    })),
    invalid: report.invalid.map((problem) => ({
      ...problem,
      message: line3(problem.message),
      hint: line3(problem.hint)
    })),
    leftAlone: report.leftAlone.map(({ entity: entity2, reason }) => ({ entity: entity2, reason: line3(reason) })),
    webhook: deep(report.webhook)
  };
};
var walk = (value, text5) => {
  if (typeof value === "string") return text5(value);
  if (Array.isArray(value)) return value.map((item) => walk(item, text5));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [text5(key), walk(item, text5)]));
};

// src/bidirectional/report/summary.ts
init_text();
var BYTES = {
  problems: 6e4,
  invalid: 6e4,
  events: 3e5,
  payloads: 3e5,
  leftAlone: 4e4,
  deliveries: 1e5,
  called: 2e4
};
var PAYLOAD_MAX2 = 4e3;
var PAYLOADS = 50;
var SYMBOLS = { SUCCESS: "\u2705", FAILED: "\u274C", SKIPPED: "\u2796", CONFLICT: "\u26A0\uFE0F" };
var RESULTS = { succeeded: "\u2705", failed: "\u274C", cancelled: "\u23F9\uFE0F" };
var DIRECTIONS = {
  "to-platform": "Git \u2192 platform",
  "to-git": "platform \u2192 Git",
  none: ""
};
var text4 = (value) => markdownText(value, SUMMARY_MESSAGE_MAX);
var section = (title, body) => body === "" ? [] : [`#### ${title}`, body];
var folded = (title, body) => body === "" ? [] : [`<details><summary>${title}</summary>`, body, "</details>"];
var more = (what) => (count) => `${count} more ${what}`;
var commit = (value) => value.slice(0, 7);
var problems = ({ problems: all }) => markdownTable(
  {
    head: ["Problem", "What to do"],
    rows: all.map(({ title, message, hint }) => () => [`**${text4(title)}**<br>${text4(message)}`, text4(hint)])
  },
  { openRows: SUMMARY_OPEN_ROWS, maxBytes: BYTES.problems, foldTitle: more("problems") }
);
var invalid = ({ invalid: all }) => markdownTable(
  {
    head: ["File", "Line", "Problem", "What to do"],
    rows: all.map(({ path: path5, position, title, message, hint }) => () => [
      text4(path5),
      `${position.line}:${position.column}`,
      `**${text4(title)}**<br>${text4(message)}`,
      text4(hint)
    ])
  },
  { openRows: SUMMARY_OPEN_ROWS, maxBytes: BYTES.invalid, foldTitle: more("files") }
);
var ORDER = ["FAILED", "CONFLICT", "SUCCESS", "SKIPPED"];
var events2 = ({ events: all }) => markdownTable(
  {
    head: ["Event", "Status", "Direction", "Entity", "What", "File", "Commit"],
    rows: all.toSorted((a, b) => ORDER.indexOf(a.status) - ORDER.indexOf(b.status)).map((event) => () => [
      event.id.slice(0, 8),
      `${SYMBOLS[event.status]} ${event.status}`,
      DIRECTIONS[event.direction],
      text4(entityName(refOf2(event))),
      text4(event.hint === "" ? event.message : `${event.message}. ${event.hint}`),
      text4(event.file),
      commit(event.commit)
    ])
  },
  { openRows: SUMMARY_OPEN_ROWS, maxBytes: BYTES.events, foldTitle: more("events") }
);
var code = (value) => `<pre>${htmlLines(value)}</pre>`;
var htmlLines = (value) => value.split("\n").map((line3) => htmlText(line3).replaceAll(/[*_`~[\]\\|@#$:]/g, (char) => `&#${char.charCodeAt(0)};`)).join("&#10;");
var payloads = ({ events: all }) => {
  const parts = [];
  let bytes = 0;
  const shown4 = all.filter(({ payload }) => payload.fields.length > 0 || payload.content !== null).toSorted((a, b) => ORDER.indexOf(a.status) - ORDER.indexOf(b.status));
  for (const event of shown4.slice(0, PAYLOADS)) {
    const { payload } = event;
    const json = JSON.stringify(payload.content ?? payload.fields, void 0, 1);
    const cut2 = json.length > PAYLOAD_MAX2 ? `${json.slice(0, PAYLOAD_MAX2)}
\u2026 the rest is in the report` : json;
    const part = `${text4(`${event.id.slice(0, 8)} ${event.status} ${entityName(refOf2(event))}`)}

${code(cut2)}`;
    bytes += Buffer.byteLength(part);
    if (bytes > BYTES.payloads) break;
    parts.push(part);
  }
  const left2 = shown4.length - parts.length;
  return [...parts, ...left2 > 0 ? [`\u2026 and ${left2} more, in the report file (output \`report\`)`] : []].join("\n\n");
};
var leftAlone = ({ leftAlone: all }) => markdownTable(
  {
    head: ["Entity", "Why"],
    rows: all.map(({ entity: entity2, reason }) => () => [text4(entity2), text4(reason)])
  },
  { openRows: Number.POSITIVE_INFINITY, maxBytes: BYTES.leftAlone, foldTitle: () => "" }
);
var webhook = ({ webhook: hook }) => {
  if (hook === null) return [];
  const table = markdownTable(
    {
      head: ["Delivered", "Event", "Status", "Payload", "Send again"],
      rows: hook.deliveries.map((delivery) => () => [
        text4(delivery.at),
        text4(delivery.event),
        text4(`${delivery.statusCode} ${delivery.status}`),
        text4(delivery.payload),
        text4(delivery.redeliver)
      ])
    },
    { openRows: SUMMARY_OPEN_ROWS, maxBytes: BYTES.deliveries, foldTitle: more("deliveries") }
  );
  const notes = [`${hook.scope} ${hook.owner}`, ...hook.notes].map((note) => `- ${text4(note)}`).join("\n");
  return [`#### Webhook ${text4(hook.url)}`, notes, ...table === "" ? [] : [table]];
};
var called = (report, inputs) => markdownTable(
  {
    head: ["", ""],
    rows: [
      ["platform", report.connection],
      ["repository", report.repository],
      ["branch", report.branch],
      ["commit read", report.head],
      ["started", report.startedAt],
      ...inputs
    ].filter(([, value]) => value !== "").map(([name, value]) => () => [text4(name), text4(value)])
  },
  { openRows: Number.POSITIVE_INFINITY, maxBytes: BYTES.called, foldTitle: () => "" }
);
var toSummary2 = (report, inputs) => {
  const title = `### ${RESULTS[report.result]} ${text4(report.headline)}`;
  const { pullRequest, commit: made } = report;
  const markdown = [
    title,
    ...made === "" ? [] : [`Commit ${text4(commit(made))} on ${text4(report.branch)}`],
    ...pullRequest === null ? [] : [`${markdownLink(`Pull request &#35;${pullRequest.number}`, pullRequest.url)} ${text4(pullRequest.state)}`],
    problems(report),
    ...section("Invalid files", invalid(report)),
    ...section("Events", events2(report)),
    ...folded("Payloads", payloads(report)),
    ...section(
      "Please note",
      report.warnings.slice(0, 20).map((warning2) => `- ${text4(warning2)}`).join("\n")
    ),
    ...webhook(report),
    ...folded(
      `${counted(report.leftAlone.length, "entity").replace("entitys", "entities")} left alone`,
      leftAlone(report)
    ),
    ...folded("How it was called", called(report, inputs))
  ].filter((part) => part !== "").join("\n\n");
  return Buffer.byteLength(markdown) < SUMMARY_MAX_BYTES ? `${markdown}

` : `${title}

`;
};

// src/bidirectional/report/writer.ts
var createReportWriter = (env, redact) => {
  const tolerant = (what, write, otherwise) => {
    try {
      return write();
    } catch (error2) {
      const why = error2 instanceof Error ? error2.message : String(error2);
      warning(defuse(oneLine(redact(`${what} could not be written: ${why}`), 1e3)));
      return otherwise;
    }
  };
  const writeOutputs = (outputs) => {
    for (const name of OUTPUT_NAMES2)
      tolerant(`The output ${name}`, () => setOutput(name, outputs[name]), void 0);
  };
  const writeFile2 = (report) => {
    const path5 = (0, import_node_path5.join)((0, import_node_fs4.mkdtempSync)((0, import_node_path5.join)(env.RUNNER_TEMP || (0, import_node_os.tmpdir)(), "gitopssync-")), "report.json");
    (0, import_node_fs4.writeFileSync)(path5, `${JSON.stringify(report, void 0, 2)}
`);
    return path5;
  };
  return {
    writeEarly: () => writeOutputs(EARLY_OUTPUTS2),
    write(given, called2) {
      const report = tolerant("The report without secrets", () => redactReport(given, redact), void 0);
      if (report === void 0) {
        return {
          ...given,
          headline: given.result,
          events: [],
          problems: [],
          invalid: [],
          leftAlone: [],
          webhook: null
        };
      }
      const path5 = tolerant("The report file", () => writeFile2(report), "");
      tolerant("The outputs", () => writeOutputs(toOutputs(report, path5)), void 0);
      tolerant(
        "The annotations",
        () => {
          for (const { level, title, message, place } of toAnnotations2(report)) {
            if (level === "error") error(defuse(message), { title, ...place });
            else warning(defuse(message), { title, ...place });
          }
        },
        void 0
      );
      const summary = env.GITHUB_STEP_SUMMARY ?? "";
      if (summary !== "") {
        const shown4 = called2.map(([input, value]) => [input, redact(value)]);
        tolerant("The job summary", () => (0, import_node_fs4.appendFileSync)(summary, toSummary2(report, shown4)), void 0);
      }
      return report;
    }
  };
};

// src/bidirectional/run.ts
init_errors();

// src/bidirectional/folder/read.ts
init_text();

// src/bidirectional/folder/parse.ts
init_json();
init_printable();

// src/bidirectional/folder/yaml.ts
var import_yaml3 = __toESM(require_dist(), 1);
var WORDS = {
  identify: () => false,
  default: true,
  tag: "tag:yaml.org,2002:bool",
  test: /^(?:y|Y|yes|Yes|YES|on|On|ON|n|N|no|No|NO|off|Off|OFF)$/,
  resolve: (text5) => /^(?:y|Y|yes|Yes|YES|on|On|ON)$/.test(text5)
};
var OCTAL = {
  identify: () => false,
  default: true,
  tag: "tag:yaml.org,2002:int",
  test: /^[-+]?0[0-7]+$/,
  resolve: (text5) => Number.parseInt(text5, 8)
};
var MAX_ALIASES = 100;
var parseYaml = (text5) => {
  const lineCounter = new import_yaml3.LineCounter();
  const parsed = (0, import_yaml3.parseAllDocuments)(text5, {
    lineCounter,
    logLevel: "silent",
    prettyErrors: false,
    merge: true,
    customTags: (tags) => [WORDS, OCTAL, ...tags]
  });
  return {
    documents: Array.isArray(parsed) ? parsed.map((document) => document) : [],
    positionOf(offset) {
      const { line: line3, col } = lineCounter.linePos(offset);
      return { line: Math.max(1, line3), column: Math.max(1, col) };
    }
  };
};
var plainValue = (document) => document.toJS({ maxAliasCount: MAX_ALIASES });
var startOf = (document) => document.contents?.range?.[0] ?? document.range[0];
var startOfKey = (document, ...path5) => {
  const [key, ...rest] = path5;
  let node = document.contents;
  let at = startOf(document);
  for (const name of key === void 0 ? [] : [key, ...rest]) {
    if (!(0, import_yaml3.isMap)(node)) return at;
    const pair = node.items.find((item) => (0, import_yaml3.isScalar)(item.key) && item.key.value === name);
    if (pair === void 0) return at;
    if ((0, import_yaml3.isScalar)(pair.key) && pair.key.range) at = pair.key.range[0];
    node = pair.value;
  }
  return at;
};
var startOfField = (document, field) => {
  let node = document.contents;
  let at = startOf(document);
  let rest = field;
  while (rest !== "") {
    if ((0, import_yaml3.isSeq)(node)) {
      const [whole3, index] = /^\[(\d+)\]\.?/.exec(rest) ?? [];
      const item = whole3 === void 0 ? void 0 : node.items[Number(index)];
      const range = (0, import_yaml3.isMap)(item) || (0, import_yaml3.isScalar)(item) || (0, import_yaml3.isSeq)(item) ? item.range : void 0;
      if (whole3 === void 0 || !range) return { at, found: false };
      [at] = range;
      node = item;
      rest = rest.slice(whole3.length);
      continue;
    }
    if (!(0, import_yaml3.isMap)(node)) return { at, found: false };
    const steps = node.items.flatMap(({ key, value }) => {
      if (!(0, import_yaml3.isScalar)(key) || !key.range) return [];
      const after = afterKey(rest, String(key.value));
      return after === void 0 ? [] : [{ start: key.range[0], value, after }];
    });
    const [step] = steps.sort((a, b) => a.after.length - b.after.length);
    if (step === void 0) return { at, found: false };
    at = step.start;
    node = step.value;
    rest = step.after;
  }
  return { at, found: true };
};
var afterKey = (field, key) => {
  for (const start of [key, `[${key}]`]) {
    if (!field.startsWith(start)) continue;
    const after = field.slice(start.length);
    if (after === "" || after.startsWith("[")) return after;
    if (after.startsWith(".")) return after.slice(1);
  }
  return void 0;
};
var hasAliases = (document) => {
  let found = false;
  (0, import_yaml3.visit)(document, {
    Alias() {
      found = true;
      return import_yaml3.visit.BREAK;
    }
  });
  return found;
};

// src/bidirectional/folder/parse.ts
var INVALID_YAML = "Invalid YAML Detected";
var START = { line: 1, column: 1 };
var MAX_MESSAGE2 = 300;
var MAX_FILE_BYTES = 1024 * 1024;
var MAX_DOCUMENTS = 1e3;
var refuse = (path5, position, message, hint, title = INVALID_YAML) => ({
  kind: "refused",
  problem: { path: path5, position, title, message: oneLine(message, MAX_MESSAGE2), hint }
});
var refusedFile = (path5, message, hint, title = "File refused") => ({
  path: path5,
  position: START,
  title,
  message,
  hint
});
var parseFile = (path5, source, options) => {
  let yaml;
  try {
    yaml = parseYaml(source);
  } catch {
    return refuse(path5, START, "is nested too deeply", "Write it with fewer levels.");
  }
  if (yaml.documents.length > MAX_DOCUMENTS) {
    return refuse(path5, START, `has more than ${MAX_DOCUMENTS} documents`, "Spread them over several files.");
  }
  for (const document of yaml.documents) {
    const [error2] = document.errors;
    if (error2 !== void 0) {
      const message = error2.message.includes("call stack") ? "is nested too deeply" : error2.message;
      return refuse(
        path5,
        yaml.positionOf(error2.pos[0]),
        message,
        "Correct the file; until then the platform keeps what it has."
      );
    }
  }
  const entities = [];
  for (const [index, document] of yaml.documents.entries()) {
    const read = readDocument2(document, options);
    if (read.kind === "wrong") {
      return refuse(path5, yaml.positionOf(read.offset), read.message, read.hint, read.title);
    }
    if (read.kind === "foreign") continue;
    const { ref, content } = read;
    const position = yaml.positionOf(startOf(document));
    const twin = entities.find((other) => sameRef(other.ref, ref));
    if (twin !== void 0) {
      const message = `${ref.kind} ${ref.namespace}/${ref.name} is here twice, first in line ${twin.position.line}`;
      return refuse(path5, position, message, "Keep one of them.", "Duplicate entity");
    }
    entities.push({ ref, index, content, position });
  }
  return { kind: "ok", entities };
};
var sameRef = (a, b) => a.kind === b.kind && a.namespace === b.namespace && a.name === b.name;
var readDocument2 = (document, { kinds, namespace }) => {
  let value;
  try {
    value = plainValue(document);
  } catch {
    return {
      kind: "wrong",
      offset: startOf(document),
      message: "refers to its own parts too often (aliases)",
      hint: "Write the values out."
    };
  }
  if (!isRecord(value)) return { kind: "foreign" };
  const wrong = (path5, message, hint, title) => ({
    kind: "wrong",
    offset: startOfKey(document, ...path5),
    message,
    hint,
    ...title === void 0 ? {} : { title }
  });
  const apiVersion = text(value.apiVersion);
  if (value.kind === "Secret" && apiVersion === "v1" && !isRecord(value.sops)) {
    return wrong(
      ["kind"],
      "holds a Secret in plain text",
      "Take it out of the folder, or keep it encrypted (SealedSecret, ExternalSecret, SOPS).",
      "Secret refused"
    );
  }
  if (apiVersion.startsWith(`${API_GROUP}/`) && apiVersion.endsWith("List")) return { kind: "foreign" };
  if (/List$/.test(text(value.kind)) && list(value.items).some((item) => isOurs(record(item), kinds))) {
    return wrong(
      ["kind"],
      "is a list of entities",
      "Write each entity as a document of its own, between lines of ---."
    );
  }
  return isOurs(value, kinds) ? readEntity(value, namespace, wrong) : { kind: "foreign" };
};
var isOurs = (value, kinds) => text(value.apiVersion).startsWith(`${API_GROUP}/`) && isKind(value.kind) && kinds.includes(value.kind);
var NAME = /^[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?$/;
var NAMESPACE = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/;
var readEntity = (value, fallback, wrong) => {
  const { kind } = value;
  if (!isKind(kind)) return { kind: "foreign" };
  if (value.apiVersion !== API_VERSION) {
    return wrong(["apiVersion"], `has the apiVersion ${text(value.apiVersion)}`, `Write ${API_VERSION}.`);
  }
  if (!isRecord(value.metadata))
    return wrong(["metadata"], `has an ${kind} without metadata`, "Give it metadata.name.");
  const { name, namespace } = value.metadata;
  if (typeof name !== "string" || !NAME.test(name)) {
    return wrong(
      ["metadata", "name"],
      `has an ${kind} ${name === void 0 ? "without a name" : "whose metadata.name is no name"}`,
      "A name has lower-case letters, digits, - and . only."
    );
  }
  if (namespace !== void 0 && namespace !== null && (typeof namespace !== "string" || !NAMESPACE.test(namespace))) {
    return wrong(["metadata", "namespace"], "metadata.namespace is no name of a namespace", "Correct or remove it.");
  }
  for (const field of ["labels", "annotations"]) {
    const map = value.metadata[field];
    if (map === void 0 || map === null) continue;
    const bad = isRecord(map) ? Object.entries(map).find(([, item]) => item !== null && typeof item !== "string")?.[0] : "";
    if (bad !== void 0) {
      const path5 = ["metadata", field, ...bad === "" ? [] : [bad]];
      return wrong(path5, `${path5.join(".")} is no text`, "Labels and annotations are texts: put the value in quotes.");
    }
  }
  const { finalizers } = value.metadata;
  if (finalizers !== void 0 && finalizers !== null && !isTexts(finalizers)) {
    return wrong(["metadata", "finalizers"], "metadata.finalizers is no list of texts", "Correct it.");
  }
  if (!isRecord(value.spec)) return wrong(["spec"], `has an ${kind} without a spec`, "Give it a spec.");
  return {
    kind: "entity",
    ref: { kind, namespace: typeof namespace === "string" ? namespace : fallback, name },
    content: contentOf(value)
  };
};
var isTexts = (value) => Array.isArray(value) && value.every((item) => typeof item === "string");

// src/bidirectional/folder/read.ts
var MAX_FILES = 2e4;
var FolderError = class extends Error {
  hint;
  constructor(message, hint) {
    super(message);
    this.hint = hint;
  }
};
var readFolder2 = async (git, commit2, folder, options, signal) => {
  const files = filesOf(await git.listFiles(commit2, folder, signal), folder);
  if (files !== void 0 && files.length > MAX_FILES) {
    throw new FolderError(
      `${shown3(folder)} has more than ${MAX_FILES} files`,
      "Name the folder of the entities with `folder`."
    );
  }
  const candidates = withoutCharts(files ?? []).filter(({ path: path5 }) => /\.ya?ml$/i.test(path5));
  const readable = candidates.filter(({ kind, size }) => kind === "file" && size <= MAX_FILE_BYTES);
  const blobs = await git.readBlobs([...new Set(readable.map(({ blob }) => blob))], signal);
  const problems2 = [];
  const unread = /* @__PURE__ */ new Map();
  const texts2 = /* @__PURE__ */ new Map();
  const found = /* @__PURE__ */ new Map();
  const refuse2 = (problem, text5) => {
    unread.set(problem.path, text5);
    if (folder !== "" || text5.includes(`${API_GROUP}/`)) problems2.push(problem);
  };
  for (const file of candidates) {
    const unreadable = notReadable(file);
    if (unreadable !== void 0) {
      refuse2(unreadable, "");
      continue;
    }
    const text5 = decode(blobs.get(file.blob));
    if (text5 === void 0) {
      refuse2(refusedFile(file.path, "is not UTF-8 text", "Save it as UTF-8."), "");
      continue;
    }
    const parsed = parseFile(file.path, text5, options);
    if (parsed.kind === "refused") {
      refuse2(parsed.problem, text5);
      continue;
    }
    texts2.set(file.path, text5);
    for (const { ref, content } of parsed.entities) {
      const name = entityName(ref);
      found.set(name, [...found.get(name) ?? [], { ref, path: file.path, content }]);
    }
  }
  const refused = /* @__PURE__ */ new Set();
  for (const [name, places] of found) {
    if (places.length < 2) continue;
    for (const { path: path5 } of places) {
      if (refused.has(path5)) continue;
      refused.add(path5);
      const others = places.map((place) => place.path).filter((other) => other !== path5);
      refuse2(
        refusedFile(path5, `${name} is also in ${others.join(", ")}`, "Keep one of them.", "Duplicate entity"),
        texts2.get(path5) ?? ""
      );
    }
  }
  const entities = [...found].flatMap(
    ([name, [first]]) => first === void 0 || refused.has(first.path) ? [] : [[name, first]]
  );
  return {
    commit: commit2,
    missing: files === void 0,
    entities: new Map(entities),
    texts: new Map([...texts2].filter(([path5]) => !refused.has(path5))),
    paths: new Set((files ?? []).map(({ path: path5 }) => path5)),
    problems: problems2.sort((a, b) => a.path < b.path ? -1 : 1),
    mayHold(ref, path5) {
      if (unread.has(path5)) return path5;
      return [...unread].find(([, text5]) => says(text5, ref.name))?.[0] ?? "";
    }
  };
};
var readEntityAt = async (git, commit2, path5, ref, options, signal) => {
  const slash = path5.lastIndexOf("/");
  const listing = await git.listFiles(commit2, slash < 0 ? "" : path5.slice(0, slash), signal);
  const file = listing.kind === "folder" ? listing.files.find((one) => one.path === path5) : void 0;
  if (file === void 0 || notReadable(file) !== void 0) return void 0;
  const text5 = decode((await git.readBlobs([file.blob], signal)).get(file.blob));
  const parsed = text5 === void 0 ? void 0 : parseFile(path5, text5, options);
  const found = parsed?.kind === "ok" ? parsed.entities.find((one) => entityName(one.ref) === entityName(ref)) : void 0;
  return found === void 0 ? void 0 : { path: path5, content: found.content };
};
var says = (text5, name) => {
  for (let at = text5.indexOf(name); at >= 0; at = text5.indexOf(name, at + 1)) {
    const around = `${text5[at - 1] ?? " "}${text5[at + name.length] ?? " "}`;
    if (!/[a-z0-9.-]/.test(around)) return true;
  }
  return false;
};
var shown3 = (folder) => folder === "" ? "the repository" : `the folder ${folder}`;
var filesOf = (listing, folder) => {
  switch (listing.kind) {
    case "folder":
      return listing.files;
    case "missing":
      return void 0;
    case "not-a-folder":
      throw new FolderError(
        `${shown3(folder)} is no folder: ${listing.path} is a ${listing.what}`,
        "Name a folder of the repository itself; links are never followed."
      );
  }
};
var withoutCharts = (files) => {
  const charts = files.filter(({ path: path5 }) => /(?:^|\/)Chart\.yaml$/.test(path5)).map(({ path: path5 }) => `${path5.slice(0, -"Chart.yaml".length)}templates/`);
  return charts.length === 0 ? files : files.filter(({ path: path5 }) => !charts.some((chart) => path5.startsWith(chart)));
};
var notReadable = ({ path: path5, kind, size }) => {
  switch (kind) {
    case "symlink":
      return refusedFile(path5, "is a symbolic link, which is never followed", "Put a file in its place.");
    case "submodule":
      return refusedFile(path5, "is a submodule", "Sync the other repository on its own.");
    case "unnameable":
      return refusedFile(path5, "has a name that is not UTF-8", "Rename it.");
    case "file":
      return size > MAX_FILE_BYTES ? refusedFile(
        path5,
        `has ${grouped(size)} bytes, more than ${grouped(MAX_FILE_BYTES)}`,
        "Entities are small; split the file."
      ) : void 0;
  }
};
var decode = (bytes) => {
  if (bytes === void 0) return void 0;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return void 0;
  }
};

// src/bidirectional/git/identity.ts
var COMMITTER = {
  name: "github-actions[bot]",
  email: "41898282+github-actions[bot]@users.noreply.github.com"
};
var CRUD = /[\u0000-\u001f\u007f<>]/g;
var actorIdentity = (actor, actorId, serverUrl) => {
  const name = actor.replace(CRUD, "").trim();
  if (name === "") return COMMITTER;
  const id = /^[0-9]+$/.test(actorId) ? `${actorId}+` : "";
  const host = URL.parse(serverUrl)?.hostname || "github.com";
  return { name, email: `${id}${name.replaceAll(" ", "-")}@users.noreply.${host}` };
};

// src/bidirectional/memory/memory.ts
var import_node_crypto7 = require("node:crypto");
init_json();
var NO_MEMORY = { head: "", entities: /* @__PURE__ */ new Map() };
var OWN_BRANCHES = "gitopssync/";
var FILE = "agreed.json";
var ATTEMPTS = 5;
var createMemoryStore = (git, key) => {
  const id = (0, import_node_crypto7.createHash)("sha256").update(JSON.stringify([key.branch, key.folder, key.platform])).digest("hex").slice(0, 12);
  const branch = `${OWN_BRANCHES}agreed/${id}`;
  let read = { head: void 0, text: "" };
  const load = async (signal) => {
    const head = await git.fetchBranch(branch, signal);
    const file = head === void 0 ? void 0 : (await filesOf2(git, head, signal)).find(({ path: path5, kind }) => path5 === FILE && kind === "file");
    const content = file === void 0 ? "" : (await git.readBlobs([file.blob], signal)).get(file.blob)?.toString("utf8") ?? "";
    read = { head, text: content };
    return parseMemory(content);
  };
  return {
    read: load,
    async write(memory, base, message, signal) {
      const content = formatMemory(memory);
      for (let attempt2 = 0; attempt2 < ATTEMPTS; attempt2 += 1) {
        if (content === read.text) return "";
        const others = read.head === void 0 ? (await filesOf2(git, base, signal)).map(({ path: path5 }) => path5) : [];
        const commit2 = await git.commit(
          read.head ?? base,
          { writes: [{ path: FILE, content }], deletions: others.filter((path5) => path5 !== FILE), renames: [] },
          message,
          signal
        );
        if (commit2 === void 0) return "";
        const pushed = await git.push({ branch, commit: commit2, expected: read.head, mode: "fast-forward" }, signal);
        if (pushed.kind === "pushed") return "";
        if (pushed.kind !== "moved") return pushed.message;
        await load(signal);
      }
      return `the branch ${branch} moves too fast`;
    }
  };
};
var filesOf2 = async (git, commit2, signal) => {
  const listing = await git.listFiles(commit2, "", signal);
  return listing.kind === "folder" ? listing.files : [];
};
var formatMemory = ({ head, entities }) => {
  const sorted = Object.fromEntries([...entities].sort(([a], [b]) => a < b ? -1 : 1));
  return `${JSON.stringify({ head, entities: sorted }, void 0, 1)}
`;
};
var parseMemory = (content) => {
  let value;
  try {
    value = JSON.parse(content);
  } catch {
    return NO_MEMORY;
  }
  const entities = Object.entries(record(record(value).entities)).flatMap(([name, item]) => {
    const [hash, path5] = [text(record(item).hash), text(record(item).path)];
    return isRecord(item) && hash !== "" ? [[name, { hash, path: path5 }]] : [];
  });
  const head = text(record(value).head);
  return { head: /^[0-9a-f]{40,64}$/.test(head) ? head : "", entities: new Map(entities) };
};

// src/bidirectional/round/message.ts
init_printable();

// src/bidirectional/round/record.ts
var NO_PAYLOAD = { fields: [], content: null };
var recordOf = (situation, happening, at) => {
  const { ref, git, platform } = situation;
  const { direction, action, status, message } = happening;
  const id = hashOf([
    ref.kind,
    ref.namespace,
    ref.name,
    direction,
    action,
    status,
    platform?.agreementText ?? "",
    git === void 0 ? "" : hashOf(git.content),
    platform === void 0 ? "" : hashOf(platform.content)
  ]).slice(0, 16);
  return {
    id,
    time: at.toISOString(),
    direction,
    action,
    ...ref,
    file: happening.file ?? git?.path ?? platform?.agreement?.path ?? "",
    commit: happening.commit ?? "",
    status,
    message,
    hint: happening.hint ?? "",
    payload: happening.payload ?? NO_PAYLOAD
  };
};
var changePayload = (changes, to) => ({
  content: null,
  fields: changes.map(({ path: path5, before, after }) => ({
    path: pointerOf(path5),
    git: to === "git" ? before : after,
    platform: to === "git" ? after : before,
    kept: to === "git" ? "platform" : "git"
  }))
});
var decisionPayload = (decisions) => ({
  content: null,
  fields: decisions.map(
    ({ path: path5, base, git, platform, choice }) => ({
      path: pointerOf(path5),
      base,
      git,
      platform,
      kept: choice === "hold" ? "both" : choice
    })
  )
});
var contentPayload = (content) => ({ fields: [], content });
var fieldNames = (changes) => {
  const names = changes.map(({ path: path5 }) => pointerOf(path5));
  const shown4 = names.slice(0, 5).join(", ");
  return names.length > 5 ? `${shown4} and ${names.length - 5} more` : shown4;
};

// src/bidirectional/round/versions.ts
var RUN_TRAILER = "GitOpsSync-Run";
var createPast = (git, head, options, signal) => {
  const histories = /* @__PURE__ */ new Map();
  return {
    history(from) {
      const asked = histories.get(from) ?? git.history(from, head, "", signal);
      histories.set(from, asked);
      return asked;
    },
    has: (commit2) => git.ensureCommit(commit2, signal),
    read: async (commit2, path5, ref) => (await readEntityAt(git, commit2, path5, ref, options, signal))?.content
  };
};
var MAX_COMMITS = 500;
var isOwn = ({ trailers }) => trailers.has(RUN_TRAILER.toLowerCase());
var readVersions = async (past, ref, from) => {
  const history = await past.history(from.commit);
  if (history.kind === "unrelated") return void 0;
  let at = from.path;
  const versions = [
    { at: /* @__PURE__ */ new Date(0), content: at === "" ? void 0 : await past.read(from.commit, at, ref), own: false }
  ];
  for (const one of [...history.commits].reverse().slice(0, MAX_COMMITS)) {
    const { commit: commit2, committedAt, changes } = one;
    const touched = changes.find((change) => change.path === at || change.kind === "renamed" && change.from === at);
    if (touched === void 0 && versions.at(-1)?.content !== void 0) continue;
    if (touched?.kind === "renamed") at = touched.path;
    let content = touched === void 0 ? void 0 : await past.read(commit2, at, ref);
    for (const change of content === void 0 ? changes : []) {
      if (change.kind === "deleted" || change.path === at || !/\.ya?ml$/i.test(change.path)) continue;
      content = await past.read(commit2, change.path, ref);
      if (content === void 0) continue;
      at = change.path;
      break;
    }
    versions.push({ at: committedAt, content, own: isOwn(one) });
  }
  return versions;
};

// src/bidirectional/round/message.ts
var MAX_LISTED = 100;
var MAX_LINE2 = 200;
var changesGit = (plan) => plan.kind === "update" && plan.git.differences.length > 0 || (plan.kind === "create" || plan.kind === "delete") && plan.on === "git";
var commitMessage = (all, { author, committer, run: run2, date }) => {
  const [first, ...more2] = all;
  const subject = first === void 0 ? "Sync from Argo CD" : more2.length === 0 ? `Sync ${entityName(first.situation.ref)} from Argo CD` : `Sync ${all.length} entities from Argo CD`;
  const lines3 = all.slice(0, MAX_LISTED).map((one) => oneLine(`- ${lineOf(one)}`, MAX_LINE2));
  const left2 = all.length - lines3.length;
  return {
    subject: oneLine(subject, MAX_LINE2),
    body: [...lines3, ...left2 > 0 ? [`- and ${left2} more`] : []].join("\n"),
    trailers: [{ name: RUN_TRAILER, value: run2 }],
    author,
    committer,
    date
  };
};
var lineOf = ({ situation, plan }) => {
  const name = entityName(situation.ref);
  switch (plan.kind) {
    case "update":
      return `${name}: ${fieldNames(plan.git.differences)}`;
    case "create":
      return `${name}: new`;
    case "delete":
      return `${name}: deleted`;
    default:
      return name;
  }
};
var memoryMessage = ({ committer, run: run2, date }) => ({
  subject: "Remember what was agreed on",
  body: "",
  trailers: [{ name: RUN_TRAILER, value: run2 }],
  author: committer,
  committer,
  date
});

// src/bidirectional/round/events.ts
var changeOf = ({ plan, path: path5 }, on) => {
  const direction = on === "git" ? "to-git" : "to-platform";
  switch (plan.kind) {
    case "update": {
      const { differences: differences2 } = plan[on];
      if (differences2.length === 0) return void 0;
      const message = `${fieldNames(differences2)} ${on === "git" ? "as on the platform" : "as in Git"}`;
      return { direction, action: "update", message, payload: changePayload(differences2, on) };
    }
    case "create":
      if (plan.on !== on) return void 0;
      return {
        direction,
        action: "create",
        message: on === "git" ? `new file ${path5}` : "made on the platform",
        file: path5,
        payload: contentPayload(plan.content)
      };
    case "delete":
      if (plan.on !== on) return void 0;
      return {
        direction,
        action: "delete",
        message: on === "git" ? "taken out of Git, as it was deleted on the platform" : "deleted, as it was in Git",
        payload: contentPayload(plan.content)
      };
    default:
      return void 0;
  }
};
var tidingsOf = (plan) => {
  const happenings = [];
  const conflict = "conflict" in plan ? plan.conflict : void 0;
  if (conflict !== void 0) {
    const kept = new Set(conflict.decisions.map(({ choice }) => choice));
    happenings.push({
      direction: !conflict.resolved || kept.size > 1 ? "none" : kept.has("git") ? "to-platform" : "to-git",
      action: "keep",
      status: "CONFLICT",
      message: conflict.message,
      hint: conflict.resolved ? "" : "Both values are in the payload of this event.",
      payload: decisionPayload(conflict.decisions)
    });
  }
  if (plan.kind === "update" && plan.held.length > 0) {
    happenings.push({
      direction: "none",
      action: "keep",
      status: "SKIPPED",
      message: `${fieldNames(plan.held)}: not carried over, because ${heldBecause(plan.held)}`,
      payload: decisionPayload(plan.held)
    });
  }
  if (plan.kind === "left" && plan.change) {
    happenings.push({ direction: "none", action: "keep", status: "SKIPPED", message: plan.reason });
  }
  return happenings;
};
var heldBecause = (held) => held.some(({ changedBy }) => changedBy === "platform") ? "Git is not written" : "the platform is not written";
var endsEqual = (plan) => {
  switch (plan.kind) {
    case "nothing":
      return true;
    case "update":
      return plan.held.length === 0 && plan.conflict?.resolved !== false;
    case "create":
      return true;
    default:
      return false;
  }
};

// src/bidirectional/round/proposal.ts
var MAX_LISTED2 = 100;
var proposalText = (all) => {
  const [first] = all;
  const title = all.length === 1 && first !== void 0 ? `Sync ${entityName(first.situation.ref)} from Argo CD` : `Sync ${all.length} entities from Argo CD`;
  const lines3 = all.slice(0, MAX_LISTED2).map((one) => {
    const change = changeOf(one, "git");
    return `- ${markdownText(entityName(one.situation.ref))}: ${markdownText(change?.message ?? "", 300)}`;
  });
  const left2 = all.length - lines3.length;
  return {
    title,
    body: [
      "Changes made in Argo CD that Git does not have yet. The branch is rebuilt by every run; merge it, or change Argo CD back.",
      [...lines3, ...left2 > 0 ? [`- and ${left2} more`] : []].join("\n")
    ].join("\n\n")
  };
};

// node_modules/yocto-queue/index.js
var Node = class {
  value;
  next;
  constructor(value) {
    this.value = value;
  }
};
var Queue = class {
  #head;
  #tail;
  #size;
  constructor() {
    this.clear();
  }
  enqueue(value) {
    const node = new Node(value);
    if (this.#head) {
      this.#tail.next = node;
      this.#tail = node;
    } else {
      this.#head = node;
      this.#tail = node;
    }
    this.#size++;
  }
  dequeue() {
    const current = this.#head;
    if (!current) {
      return;
    }
    this.#head = this.#head.next;
    this.#size--;
    if (!this.#head) {
      this.#tail = void 0;
    }
    return current.value;
  }
  peek() {
    if (!this.#head) {
      return;
    }
    return this.#head.value;
  }
  clear() {
    this.#head = void 0;
    this.#tail = void 0;
    this.#size = 0;
  }
  get size() {
    return this.#size;
  }
  *[Symbol.iterator]() {
    let current = this.#head;
    while (current) {
      yield current.value;
      current = current.next;
    }
  }
  *drain() {
    while (this.#head) {
      yield this.dequeue();
    }
  }
};

// node_modules/p-limit/index.js
function pLimit(concurrency) {
  let rejectOnClear = false;
  if (typeof concurrency === "object") {
    ({ concurrency, rejectOnClear = false } = concurrency);
  }
  validateConcurrency(concurrency);
  if (typeof rejectOnClear !== "boolean") {
    throw new TypeError("Expected `rejectOnClear` to be a boolean");
  }
  const queue = new Queue();
  let activeCount = 0;
  const resumeNext = () => {
    if (activeCount < concurrency && queue.size > 0) {
      activeCount++;
      queue.dequeue().run();
    }
  };
  const next = () => {
    activeCount--;
    resumeNext();
  };
  const run2 = async (function_, resolve2, arguments_) => {
    const result = (async () => function_(...arguments_))();
    resolve2(result);
    try {
      await result;
    } catch {
    }
    next();
  };
  const enqueue = (function_, resolve2, reject, arguments_) => {
    const queueItem = { reject };
    new Promise((internalResolve) => {
      queueItem.run = internalResolve;
      queue.enqueue(queueItem);
    }).then(run2.bind(void 0, function_, resolve2, arguments_));
    if (activeCount < concurrency) {
      resumeNext();
    }
  };
  const generator = (function_, ...arguments_) => new Promise((resolve2, reject) => {
    enqueue(function_, resolve2, reject, arguments_);
  });
  Object.defineProperties(generator, {
    activeCount: {
      get: () => activeCount
    },
    pendingCount: {
      get: () => queue.size
    },
    clearQueue: {
      value() {
        if (!rejectOnClear) {
          queue.clear();
          return;
        }
        const abortError = AbortSignal.abort().reason;
        while (queue.size > 0) {
          queue.dequeue().reject(abortError);
        }
      }
    },
    concurrency: {
      get: () => concurrency,
      set(newConcurrency) {
        validateConcurrency(newConcurrency);
        concurrency = newConcurrency;
        queueMicrotask(() => {
          while (activeCount < concurrency && queue.size > 0) {
            resumeNext();
          }
        });
      }
    },
    map: {
      async value(iterable, function_) {
        const promises2 = [];
        try {
          Array.from(iterable, (value, index) => {
            const promise = generator(function_, value, index);
            promises2.push(promise);
            return promise;
          });
        } catch (error2) {
          for (const promise of promises2) {
            promise.catch(() => {
            });
          }
          throw error2;
        }
        return Promise.all(promises2);
      }
    }
  });
  return generator;
}
function validateConcurrency(concurrency) {
  if (!((Number.isInteger(concurrency) || concurrency === Number.POSITIVE_INFINITY) && concurrency > 0)) {
    throw new TypeError("Expected `concurrency` to be a number from 1 and up");
  }
}

// src/bidirectional/merge/merge.ts
init_json();
var merge = (base, git, platform, choose) => {
  const decisions = [];
  const merged2 = mergeValue([], base, git, platform, (change) => {
    const choice = choose(change);
    decisions.push({ ...change, choice });
    return choice;
  });
  return {
    git: isRecord(merged2.git) ? merged2.git : {},
    platform: isRecord(merged2.platform) ? merged2.platform : {},
    base: isRecord(merged2.base) ? merged2.base : {},
    decisions
  };
};
var mergeValue = (path5, base, git, platform, choose) => {
  if (sameValue(git, platform)) return { base: git, git, platform };
  if (isRecord(git) && isRecord(platform) && (base === void 0 || isRecord(base))) {
    const children = keysOf(git, platform, base).map((key) => {
      const of = (side) => valueAt(side, [key]);
      return [key, mergeValue([...path5, key], of(base), of(git), of(platform), choose)];
    });
    const assemble2 = (side) => Object.fromEntries(
      children.flatMap(([key, child2]) => child2[side] === void 0 ? [] : [[key, child2[side]]])
    );
    const newBase = assemble2("base");
    return {
      // Where there was nothing and nothing is agreed on, there is nothing still.
      base: base === void 0 && Object.keys(newBase).length === 0 ? void 0 : newBase,
      git: assemble2("git"),
      platform: assemble2("platform")
    };
  }
  const changedBy = sameValue(git, base) ? "platform" : sameValue(platform, base) ? "git" : "both";
  switch (choose({ path: path5, changedBy, base, git, platform })) {
    case "git":
      return { base: git, git, platform: git };
    case "platform":
      return { base: platform, git: platform, platform };
    case "hold":
      return { base, git, platform };
  }
};

// src/bidirectional/plan/entity.ts
var NOTHING = { kind: "nothing" };
var left = (reason, change = false) => ({ kind: "left", reason, change });
var planEntity = (situation, rules, firsts) => {
  const { git, platform, leftAlone: leftAlone2, unreadable } = situation;
  if (git === void 0 && platform === void 0) return NOTHING;
  if (unreadable !== "") return left(unreadable);
  const different = git !== void 0 && platform !== void 0 ? !sameValue(git.content, platform.content) : platform === void 0;
  if (leftAlone2 !== "") return left(leftAlone2, different);
  if (git !== void 0 && platform !== void 0) {
    return situation.base.kind === "known" ? threeWay(situation.base.content, git.content, platform.content, situation, rules, firsts) : withoutBase(git.content, platform.content, situation, rules);
  }
  if (git !== void 0) return missingOnPlatform(git.content, situation, rules);
  if (platform !== void 0) return missingInGit(platform.content, situation, rules, firsts);
  return NOTHING;
};
var chooser = (rules, firsts) => (change) => {
  const wish = change.changedBy === "both" ? decide(rules, firsts.get(pointerOf(change.path))) : change.changedBy;
  return allowed(wish, rules);
};
var decide = ({ conflict }, first) => {
  switch (conflict) {
    case "git":
    case "platform":
      return conflict;
    case "first":
      return first ?? "hold";
    case "fail":
      return "hold";
  }
};
var allowed = (choice, rules) => {
  if (choice === "git") return rules.writePlatform ? "git" : "hold";
  if (choice === "platform") return rules.writeGit === "no" ? "hold" : "platform";
  return "hold";
};
var threeWay = (base, git, platform, situation, rules, firsts) => {
  const choose = chooser(rules, firsts);
  const wanted = merge(base, git, platform, choose);
  const conflicts = wanted.decisions.filter(({ changedBy }) => changedBy === "both");
  const held = wanted.decisions.filter(({ choice, changedBy }) => choice === "hold" && changedBy !== "both");
  const now = rules.writeGit === "proposed" ? merge(base, git, platform, (change) => {
    const choice = choose(change);
    return choice === "platform" ? "hold" : choice;
  }) : wanted;
  return update(
    situation,
    { git, platform },
    { git: wanted.git, platform: now.platform },
    { content: now.base, inGit: now.git },
    conflicts.length === 0 ? void 0 : fieldConflict(conflicts, rules),
    held
  );
};
var fieldConflict = (decisions, rules) => {
  const open2 = decisions.filter(({ choice }) => choice === "hold");
  const fields = decisions.map(({ path: path5 }) => pointerOf(path5)).join(", ");
  const message = open2.length === 0 ? `both sides changed ${fields}: kept ${keptWords(decisions)}` : `both sides changed ${open2.map(({ path: path5 }) => pointerOf(path5)).join(", ")}: ${undecidedWords(rules)}`;
  return { decisions, message, resolved: open2.length === 0 };
};
var keptWords = (decisions) => {
  const sides = new Set(decisions.map(({ choice }) => choice === "git" ? "what Git says" : "what the platform says"));
  const [first] = decisions;
  if (decisions.length !== 1 || first === void 0) return [...sides].join(" and ");
  const [kept, other] = first.choice === "git" ? [first.git, first.platform] : [first.platform, first.git];
  return `${[...sides].join()}${isShort(kept) && isShort(other) ? `, ${JSON.stringify(kept)} and not ${JSON.stringify(other)}` : ""}`;
};
var MAX_SHOWN2 = 60;
var isShort = (value) => typeof value === "number" || typeof value === "boolean" || typeof value === "string" && value.length <= MAX_SHOWN2;
var undecidedWords = ({ conflict, writeGit: writeGit2, writePlatform: writePlatform2 }) => {
  if (conflict === "fail") return "neither is written while `conflict` is `fail`";
  if (conflict === "first")
    return "who was first is not known; set `conflict` to `git` or `platform`, or make both sides equal";
  return !writePlatform2 || writeGit2 === "no" ? "`direction` does not allow to write the one that is chosen" : "undecided";
};
var withoutBase = (git, platform, situation, rules) => {
  if (sameValue(git, platform)) {
    return update(situation, { git, platform }, { git, platform }, { content: git, inGit: git }, void 0, []);
  }
  const side = rules.conflict === "git" || rules.conflict === "platform" ? rules.conflict : "hold";
  const choice = allowed(side, rules);
  const { decisions } = merge({}, git, platform, () => choice);
  const why = situation.base.kind === "lost" ? situation.base.reason : "both sides have it, and they never agreed on anything";
  if (choice === "hold") {
    const how = side === "hold" ? "nothing is changed until a side is chosen: set `conflict` to `git` or `platform`, or make both sides equal" : "`direction` does not allow to write the side that is not chosen";
    return { kind: "undecided", conflict: { decisions, message: `${why}; ${how}`, resolved: false } };
  }
  const content = choice === "git" ? git : platform;
  const conflict = { decisions, message: `${why}; kept what ${sideName(choice)} says`, resolved: true };
  if (choice === "platform" && rules.writeGit === "proposed") {
    return update(situation, { git, platform }, { git: content, platform }, void 0, conflict, []);
  }
  return update(
    situation,
    { git, platform },
    { git: content, platform: content },
    { content, inGit: content },
    conflict,
    []
  );
};
var sideName = (side) => side === "git" ? "Git" : "the platform";
var update = ({ git, platform }, now, then, agreement, conflict, held) => {
  const toPlatform = differences(now.platform, then.platform);
  const toGit = differences(now.git, then.git);
  const kept = platform?.agreement;
  const known3 = agreement === void 0 || kept !== void 0 && kept.path === git?.path && kept.hash === hashOf(agreement.content) && sameOpen(kept.open, openFields(agreement.content, agreement.inGit));
  if (toPlatform.length === 0 && toGit.length === 0 && known3 && conflict === void 0 && held.length === 0) {
    return NOTHING;
  }
  return {
    kind: "update",
    platform: { content: then.platform, differences: toPlatform },
    git: { content: then.git, differences: toGit },
    agreement: known3 ? void 0 : agreement,
    conflict,
    held
  };
};
var sameOpen = (a, b) => a.size === b.size && [...a].every(([pointer, value]) => b.has(pointer) && sameValue(value, b.get(pointer)));
var whole2 = (decision) => [
  { path: [], changedBy: "both", ...decision }
];
var missingOnPlatform = (git, { remembered }, rules) => {
  if (remembered === void 0 || rules.gitDecides) {
    if (!rules.writePlatform) return left("only Git has it, and `direction` is `to-git`", true);
    if (!rules.create) return left("only Git has it, and `create` is false", true);
    return { kind: "create", on: "platform", content: git };
  }
  if (rules.writeGit === "no") return left("it was deleted on the platform, and Git cannot be written", true);
  const unchanged = hashOf(git) === remembered.hash;
  if (!rules.delete) {
    return left(
      "it was deleted on the platform, and `delete` is false: the file stays, and it is not made again",
      true
    );
  }
  if (unchanged) return { kind: "delete", on: "git", content: git };
  const side = rules.conflict === "git" || rules.conflict === "platform" ? rules.conflict : "hold";
  const choice = allowed(side, rules);
  const decisions = whole2({ base: void 0, git, platform: void 0, choice });
  const what = "it was deleted on the platform and changed in Git";
  if (choice === "git") {
    return {
      kind: "create",
      on: "platform",
      content: git,
      conflict: { decisions, message: `${what}: made again`, resolved: true }
    };
  }
  if (choice === "platform") {
    return {
      kind: "delete",
      on: "git",
      content: git,
      conflict: { decisions, message: `${what}: deleted in Git`, resolved: true }
    };
  }
  return {
    kind: "undecided",
    conflict: { decisions, message: `${what}; set \`conflict\` to \`git\` or \`platform\` to decide`, resolved: false }
  };
};
var missingInGit = (platform, situation, rules, firsts) => {
  const agreement = situation.platform?.agreement;
  if (agreement === void 0) {
    if (rules.writeGit === "no") return left("only the platform has it, and `direction` is `to-platform`");
    if (!rules.create) return left("only the platform has it, and `create` is false");
    return { kind: "create", on: "git", content: platform };
  }
  if (!rules.writePlatform) return left("it was deleted in Git, and `direction` is `to-git`", true);
  if (!rules.delete) return left("it was deleted in Git, and `delete` is false: the platform keeps it", true);
  if (hashOf(platform) === agreement.hash) return { kind: "delete", on: "platform", content: platform };
  const choice = allowed(decide(rules, firsts.get("")), rules);
  const decisions = whole2({ base: void 0, git: void 0, platform, choice });
  const what = "it was deleted in Git and changed on the platform";
  if (choice === "git") {
    return {
      kind: "delete",
      on: "platform",
      content: platform,
      conflict: { decisions, message: `${what}: deleted`, resolved: true }
    };
  }
  if (choice === "platform") {
    return {
      kind: "create",
      on: "git",
      content: platform,
      conflict: { decisions, message: `${what}: its file is made again`, resolved: true }
    };
  }
  return {
    kind: "undecided",
    conflict: { decisions, message: `${what}: ${undecidedWords(rules)}`, resolved: false }
  };
};

// src/bidirectional/platform/managed.ts
init_json();
var trackedBy = ({ object, ref }) => {
  const metadata = record(object.metadata);
  const id = text(record(metadata.annotations)[TRACKING_ANNOTATION]);
  const [application = "", , tracked = ""] = id.split(":");
  if (application !== "" && (tracked === "" || tracked === `${ref.namespace}/${ref.name}`))
    return parent(application, ref);
  const labels = record(metadata.labels);
  const label = TRACKING_LABELS.map((key) => text(labels[key])).find((value) => value !== "");
  if (label === void 0) return void 0;
  const by2 = parent(label, ref);
  return by2.name === ref.name && ref.kind === "Application" ? void 0 : by2;
};
var parent = (application, { namespace }) => {
  const at = application.indexOf("_");
  return at < 0 ? { kind: "Application", namespace, name: application } : { kind: "Application", namespace: application.slice(0, at), name: application.slice(at + 1) };
};
var healsItself = ({ object }) => {
  const automated = record(record(object.spec).syncPolicy).automated;
  return isRecord(automated) && automated.selfHeal === true && automated.enabled !== false;
};
var generatedBy = ({ object }) => {
  const owner = list(record(object.metadata).ownerReferences).filter(isRecord).find(({ kind }) => kind === "ApplicationSet");
  return owner === void 0 ? "" : text(owner.name);
};
var writtenAt = ({ object }, path5, removed, own) => {
  const entries2 = list(record(object.metadata).managedFields).filter(isRecord);
  const relevant = removed ? entries2.filter(
    ({ manager, fieldsV1 }) => manager !== own && Object.keys(record(fieldsV1)).some((key) => key !== "f:status" && key !== "f:operation")
  ) : entries2.filter(({ fieldsV1 }) => owns(record(fieldsV1), path5));
  const times = relevant.map(({ time }) => Date.parse(text(time))).filter((time) => !Number.isNaN(time));
  return times.length === 0 ? void 0 : new Date(Math.max(...times));
};
var owns = (fields, path5) => {
  let at = fields;
  for (const key of path5) {
    const set = record(at);
    const next = set[`f:${key}`];
    if (next === void 0) return at !== fields && Object.keys(set).every((name) => name === ".");
    at = next;
  }
  return true;
};

// src/bidirectional/round/firsts.ts
var readFirsts = async (past, situation, plan) => {
  const { ref, platform } = situation;
  const agreement = platform?.agreement;
  const pointers = conflictPointers(plan);
  if (pointers.length === 0 || platform === void 0 || agreement === void 0) return /* @__PURE__ */ new Map();
  if (!await past.has(agreement.commit)) return /* @__PURE__ */ new Map();
  const versions = await readVersions(past, ref, agreement);
  if (versions === void 0) return /* @__PURE__ */ new Map();
  const firsts = /* @__PURE__ */ new Map();
  for (const pointer of pointers) {
    const path5 = pathOf(pointer);
    const asBefore = ({ content }) => pointer === "" ? content !== void 0 : sameValue(valueAt(content, path5), baseValue(situation, pointer));
    const inGit = versions[versions.findLastIndex(asBefore) + 1]?.at;
    const onPlatform = pointer === "" ? newest(changedPointers(situation).map((one) => timeOf(situation, one))) : timeOf(situation, pointer);
    if (inGit === void 0 || onPlatform === void 0) continue;
    firsts.set(pointer, inGit.getTime() <= onPlatform.getTime() ? "git" : "platform");
  }
  return firsts;
};
var conflictPointers = (plan) => {
  const conflict = "conflict" in plan ? plan.conflict : void 0;
  return (conflict?.decisions ?? []).filter(({ changedBy }) => changedBy === "both").map(({ path: path5 }) => pointerOf(path5));
};
var baseValue = ({ base }, pointer) => base.kind === "known" ? valueAt(base.content, pathOf(pointer)) : void 0;
var timeOf = ({ platform }, pointer) => {
  if (platform === void 0) return void 0;
  const path5 = pathOf(pointer);
  return writtenAt(platform, path5, valueAt(platform.content, path5) === void 0, FIELD_MANAGER);
};
var changedPointers = ({ platform }) => platform === void 0 ? [] : ["/spec", "/metadata/labels", "/metadata/annotations"];
var newest = (times) => {
  const known3 = times.filter((time) => time !== void 0).map((time) => time.getTime());
  return known3.length === 0 ? void 0 : new Date(Math.max(...known3));
};

// src/bidirectional/round/gather.ts
init_errors();
init_json();

// src/bidirectional/folder/new-file.ts
var newFilePath = (folder, { kind, namespace, name }, taken) => {
  const stem = [...folder === "" ? [] : [folder], PLURALS[kind], namespace, name].join("/");
  for (let number2 = 1; ; number2 += 1) {
    const path5 = number2 === 1 ? `${stem}.yaml` : `${stem}.${number2}.yaml`;
    if (!taken(path5)) return path5;
  }
};
var isInFolder = (path5, folder) => folder === "" || path5.startsWith(`${folder}/`);

// src/bidirectional/plan/situation.ts
var baseAtHand = (git, platform, agreement) => {
  if (agreement === void 0) return { kind: "none" };
  for (const content of [git, platform]) {
    if (content !== void 0 && hashOf(content) === agreement.hash) return { kind: "known", content };
  }
  return void 0;
};
var baseByCommit = (atCommit, agreement) => {
  const short = agreement.commit.slice(0, 7);
  if (atCommit === void 0) {
    return { kind: "lost", reason: `the last agreement, commit ${short}, is no longer in the repository` };
  }
  const content = baseOf(atCommit, agreement);
  return content === void 0 ? { kind: "lost", reason: `commit ${short} does not hold what was agreed on` } : { kind: "known", content };
};

// src/bidirectional/round/base.ts
var readBase = async (sides, known3, past) => {
  const { git, platform } = sides;
  const agreement = platform?.agreement;
  if (agreement === void 0) return withoutAgreement(sides, known3, past);
  if (git === void 0 || hashOf(git.content) === agreement.hash) {
    return baseAtHand(git?.content, platform?.content, agreement) ?? byCommit(sides, agreement, past);
  }
  const base = baseAtHand(void 0, platform?.content, agreement) ?? await byCommit(sides, agreement, past);
  if (base.kind !== "known" || !await past.has(agreement.commit)) return base;
  const history = await past.history(agreement.commit);
  if (history.kind === "unrelated" || !history.commits.some(isOwn)) return base;
  const versions = await readVersions(past, sides.ref, agreement);
  return { kind: "known", content: broughtBy(versions ?? [], base.content) ?? base.content };
};
var byCommit = async ({ ref }, agreement, past) => baseByCommit(
  await past.has(agreement.commit) ? await past.read(agreement.commit, agreement.path, ref) : void 0,
  agreement
);
var withoutAgreement = async ({ ref, git, platform }, known3, past) => {
  const equal = git === void 0 || platform === void 0 || sameValue(git.content, platform.content);
  if (equal || known3 === "" || !await past.has(known3)) return { kind: "none" };
  if (await past.read(known3, git.path, ref) !== void 0) return { kind: "none" };
  const versions = await readVersions(past, ref, { commit: known3, path: "" });
  const content = broughtBy(versions ?? [], void 0);
  return content === void 0 ? { kind: "none" } : { kind: "known", content };
};
var broughtBy = (versions, base) => versions.reduce((now, { content, own }, index) => {
  if (!own) return now;
  if (content === void 0) return void 0;
  const before = versions[index - 1]?.content;
  if (before === void 0 || now === void 0) return content;
  return differences(before, content).reduce((all, { path: path5, after }) => withValue(all, path5, after), now);
}, base);

// src/bidirectional/round/gather.ts
var CONCURRENCY = 8;
var gather = async (platform, past, folder, memory, scope, signal) => {
  const lists = await Promise.all(scope.kinds.map((kind) => platform.list(kind, signal)));
  const onPlatform = new Map(lists.flat().map((entity2) => [entityName(entity2.ref), entity2]));
  const listed = new Set(onPlatform.keys());
  const limit = pLimit(CONCURRENCY);
  const unseen = [...folder.entities.values()].filter(
    ({ ref }) => !listed.has(entityName(ref)) && outside(ref, scope) === ""
  );
  await Promise.all(
    unseen.map(
      ({ ref }) => limit(async () => {
        const entity2 = await platform.get(ref, signal);
        if (entity2 !== void 0) onPlatform.set(entityName(ref), entity2);
      })
    )
  );
  const refs = new Map([...folder.entities.values(), ...onPlatform.values()].map(({ ref }) => [entityName(ref), ref]));
  const parents = createParents(platform, onPlatform, signal);
  return Promise.all(
    [...refs.values()].sort(compareEntities).map(
      (ref) => limit(async () => {
        const name = entityName(ref);
        const inGit = folder.entities.get(name);
        const entity2 = onPlatform.get(name);
        const leftAlone2 = await whyLeftAlone(ref, inGit, entity2, listed.has(name), scope, parents);
        return {
          ref,
          git: inGit,
          platform: entity2,
          base: leftAlone2 === "" ? await readBase({ ref, git: inGit, platform: entity2 }, memory.head, past) : { kind: "none" },
          remembered: memory.entities.get(name),
          leftAlone: leftAlone2,
          unreadable: inGit === void 0 ? whyUnreadable(ref, entity2, folder) : ""
        };
      })
    )
  );
};
var whyUnreadable = (ref, entity2, folder) => {
  const path5 = folder.mayHold(ref, entity2?.agreement?.path ?? "");
  return path5 === "" ? "" : `${path5} cannot be read and may have it: the platform keeps what it has`;
};
var outside = (ref, { namespaces }) => namespaces.includes("*") || namespaces.includes(ref.namespace) ? "" : `the namespace ${ref.namespace} is not one of \`namespace\``;
var whyLeftAlone = async (ref, inGit, entity2, listed, scope, parents) => {
  const far = outside(ref, scope);
  if (far !== "") return far;
  const selector = parseSelector(scope.selector);
  if (inGit !== void 0 && entity2 === void 0 && selector.kind === "ok") {
    const labels = textMap(record(inGit.content.metadata).labels);
    if (!matchesSelector(selector.requirements, labels)) return "its labels do not fit `selector`";
  }
  if (entity2 === void 0) return "";
  if (!listed) return "on the platform its labels do not fit `selector`";
  if (entity2.deleting) return "it is being deleted on the platform";
  const generator = generatedBy(entity2);
  if (generator !== "") return `the ApplicationSet ${generator} makes it, and would undo every change`;
  const { agreement } = entity2;
  if (agreement !== void 0) {
    if (agreement.repository !== scope.repository || agreement.branch !== scope.branch) {
      return `it is kept in ${agreement.repository}, branch ${agreement.branch}`;
    }
    if (inGit === void 0 && !isInFolder(agreement.path, scope.folder))
      return `it is kept in ${agreement.path}, outside of \`folder\``;
  }
  const by2 = trackedBy(entity2);
  if (by2 === void 0) return "";
  try {
    const parent2 = await parents(by2);
    return parent2 !== void 0 && healsItself(parent2) ? `the Application ${by2.namespace}/${by2.name} manages it with self-heal, and would undo every change` : "";
  } catch (error2) {
    if (!(error2 instanceof ArgoCdError) || error2.code !== "forbidden") throw error2;
    return `the Application ${by2.namespace}/${by2.name} manages it, and whether with self-heal may not be read`;
  }
};
var createParents = (platform, known3, signal) => {
  const asked = /* @__PURE__ */ new Map();
  return (ref) => {
    const name = entityName(ref);
    const answer = asked.get(name) ?? Promise.resolve(known3.get(name) ?? platform.get(ref, signal));
    asked.set(name, answer);
    return answer;
  };
};

// src/bidirectional/folder/not-valid.ts
init_printable();
var notValid = (path5, source, ref, { fields, reason }, options) => ({
  path: path5,
  position: positionOf(path5, source, ref, fields, options),
  title: INVALID_YAML,
  message: oneLine(`the API server does not take ${entityName(ref)}: ${reason}`, MAX_MESSAGE2),
  hint: "Correct the file; until then the platform keeps what it has."
});
var positionOf = (path5, source, ref, fields, options) => {
  const parsed = parseFile(path5, source, options);
  const entity2 = parsed.kind === "ok" ? parsed.entities.find((one) => sameRef(one.ref, ref)) : void 0;
  if (entity2 === void 0) return START;
  const yaml = parseYaml(source);
  const document = yaml.documents[entity2.index];
  if (document === void 0) return entity2.position;
  const places = fields.map((field) => startOfField(document, field));
  const place = places.find(({ found }) => found) ?? places[0];
  return place === void 0 ? entity2.position : yaml.positionOf(place.at);
};

// src/bidirectional/round/not-valid.ts
var refusedYaml = ({ ref, git }, plan, result, folder, options) => result.kind === "refused" && result.invalid !== void 0 && git !== void 0 && isFromGit(plan, result.invalid) ? [notValid(git.path, folder.texts.get(git.path) ?? "", ref, result.invalid, options)] : [];
var isFromGit = (plan, { fields }) => {
  if (plan.kind !== "update" || fields.length === 0) return true;
  const changed = plan.platform.differences.map(({ path: path5 }) => path5.join("."));
  return fields.map((field) => field.replaceAll(/\[([^\]]*)\]/g, ".$1")).some((field) => changed.some((path5) => isWithin(field, path5) || isWithin(path5, field)));
};
var isWithin = (inner, outer) => inner === outer || inner.startsWith(`${outer}.`);

// src/bidirectional/edit/render.ts
var import_yaml6 = __toESM(require_dist(), 1);
init_json();
var DEFAULT_MANNER = { indent: 2, indentLists: true };
var NO_TEXT = [
  /^(?:y|n|yes|no|on|off|true|false|null|~|=|<<)?$/i,
  /^[-+]?(?:0x[\da-f_]+|0o?[0-7_]+|0b[01_]+|\d[\d_]*)$/i,
  /^[-+]?(?:\.\d[\d_]*|\d[\d_]*\.?[\d_]*)(?:e[-+]?\d+)?$/i,
  /^[-+]?\.(?:inf|nan)$/i,
  /^[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.[\d_]*)?$/,
  /^\d{4}-\d{1,2}-\d{1,2}/
];
var isPlain = (text5) => /^[A-Za-z0-9_./(^$\\+=~;<-][ -~]*$/.test(text5) && !/[[\]{},#&*!|>'"%@`]|: |:$| $/.test(text5) && !/^(?:-(?: |$)|---|\.\.\.|=)/.test(text5) && !NO_TEXT.some((pattern) => pattern.test(text5));
var renderScalar = (value, quotes = "plain") => {
  if (typeof value !== "string") return JSON.stringify(value) ?? "null";
  const printable2 = !/[\p{C}\p{Zl}\p{Zp}\u00a0]/u.test(value);
  if (quotes === "plain" && isPlain(value)) return value;
  if (quotes === "single" && printable2) return `'${value.replaceAll("'", "''")}'`;
  return JSON.stringify(value).replaceAll(/[\u007f-\u00a0\u2028\u2029\ufeff]/g, (char) => {
    return `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
};
var renderFlow = (value) => {
  if (Array.isArray(value)) return `[${value.map(renderFlow).join(", ")}]`;
  if (!isRecord(value)) return renderScalar(value);
  return `{${Object.entries(value).map(([key, item]) => `${renderScalar(key)}: ${renderFlow(item)}`).join(", ")}}`;
};
var isBlock = (value) => Array.isArray(value) ? value.length > 0 : isRecord(value) ? Object.keys(value).length > 0 : typeof value === "string" && value.includes("\n");
var renderBlock = (value, manner) => {
  const document = new import_yaml6.Document(value, { aliasDuplicateObjects: false });
  (0, import_yaml6.visit)(document, {
    Scalar(_, node) {
      if (typeof node.value === "string" && !node.value.includes("\n") && !isPlain(node.value)) {
        node.type = "QUOTE_DOUBLE";
      }
    }
  });
  return document.toString({
    indent: manner.indent,
    indentSeq: manner.indentLists,
    lineWidth: 0,
    blockQuote: "literal",
    doubleQuotedMinMultiLineLength: Number.POSITIVE_INFINITY,
    singleQuote: false
  }).replace(/\n$/, "");
};
var indented = (block2, spaces) => block2.replaceAll(/^(?=[^\n])/gm, " ".repeat(spaces));
var renderEntity = (ref, content, manner = DEFAULT_MANNER) => {
  const { metadata, ...rest } = content;
  const { labels, annotations, finalizers } = record(metadata);
  const shown4 = {
    apiVersion: API_VERSION,
    kind: ref.kind,
    metadata: {
      name: ref.name,
      namespace: ref.namespace,
      ...Object.keys(record(labels)).length > 0 ? { labels } : {},
      ...Object.keys(record(annotations)).length > 0 ? { annotations } : {},
      ...list(finalizers).length > 0 ? { finalizers } : {}
    },
    ...rest
  };
  return `${renderBlock(shown4, manner)}
`;
};
var mannerOf = (text5, document) => {
  let indent;
  let indentLists;
  const columnOf2 = (offset) => offset - (text5.lastIndexOf("\n", offset - 1) + 1);
  (0, import_yaml6.visit)(document, {
    Pair(_, pair) {
      const { key, value } = pair;
      if (!(0, import_yaml6.isScalar)(key) || !key.range || typeof value !== "object" || value === null || !("items" in value)) return;
      const collection = value;
      if (collection.flow === true || !collection.range || collection.items.length === 0) return;
      const column = columnOf2(key.range[0]);
      const inner = columnOf2(collection.range[0]);
      const isList = text5[collection.range[0]] === "-";
      if (isList) indentLists ??= inner > column;
      if (!isList && inner > column) indent ??= inner - column;
      return indent !== void 0 && indentLists !== void 0 ? import_yaml6.visit.BREAK : void 0;
    }
  });
  return { indent: indent ?? DEFAULT_MANNER.indent, indentLists: indentLists ?? DEFAULT_MANNER.indentLists };
};

// src/bidirectional/edit/splice.ts
var import_yaml7 = __toESM(require_dist(), 1);
init_json();

// src/bidirectional/edit/steps.ts
init_json();
var stepsBetween = (before, after, path5 = []) => differences(before, after).flatMap((difference) => {
  const at = [...path5, ...difference.path];
  if (difference.after === void 0) return [{ kind: "remove", path: at }];
  const [was, is] = [difference.before, difference.after];
  if (Array.isArray(was) && Array.isArray(is) && was.length > 0 && is.length > 0) return listSteps(was, is, at);
  return [{ kind: "set", path: at, value: is }];
});
var wholeFields = (before, after) => differences(before, after).map(
  ({ path: path5, after: value }) => value === void 0 ? { kind: "remove", path: path5 } : { kind: "set", path: path5, value }
);
var MAX_CELLS = 1e6;
var listSteps = (before, after, path5) => {
  if (before.length * after.length > MAX_CELLS) return [{ kind: "set", path: path5, value: after }];
  const kept = commonElements(before, after);
  const steps = [];
  let [beforeEnd, afterEnd] = [before.length, after.length];
  for (const [beforeAt, afterAt] of [...kept].reverse().concat([[-1, -1]])) {
    const removed = before.slice(beforeAt + 1, beforeEnd);
    const added = after.slice(afterAt + 1, afterEnd);
    const changed = Math.min(removed.length, added.length);
    for (let index = removed.length - 1; index >= changed; index -= 1) {
      steps.push({ kind: "remove", path: [...path5, beforeAt + 1 + index] });
    }
    for (let index = added.length - 1; index >= changed; index -= 1) {
      steps.push({ kind: "insert", path: [...path5, beforeAt + 1 + changed], value: added[index] });
    }
    for (let index = changed - 1; index >= 0; index -= 1) {
      const at = [...path5, beforeAt + 1 + index];
      const [was, is] = [removed[index], added[index]];
      if (isRecord(was) && isRecord(is)) steps.push(...stepsBetween(was, is, at));
      else steps.push({ kind: "set", path: at, value: is });
    }
    [beforeEnd, afterEnd] = [beforeAt, afterAt];
  }
  return steps;
};
var commonElements = (a, b) => {
  const lengths = a.map(() => new Uint32Array(b.length + 1)).concat(new Uint32Array(b.length + 1));
  for (let i2 = a.length - 1; i2 >= 0; i2 -= 1) {
    for (let j2 = b.length - 1; j2 >= 0; j2 -= 1) {
      const row = lengths[i2];
      if (row === void 0) continue;
      row[j2] = sameValue(a[i2], b[j2]) ? 1 + (lengths[i2 + 1]?.[j2 + 1] ?? 0) : Math.max(lengths[i2 + 1]?.[j2] ?? 0, row[j2 + 1] ?? 0);
    }
  }
  const pairs = [];
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) {
    if (sameValue(a[i], b[j])) {
      pairs.push([i, j]);
      i += 1;
      j += 1;
    } else if ((lengths[i + 1]?.[j] ?? 0) >= (lengths[i]?.[j + 1] ?? 0)) i += 1;
    else j += 1;
  }
  return pairs;
};
var applyStep = (value, { path: path5, ...step }) => {
  const [key, ...rest] = path5;
  if (key === void 0) return step.kind === "remove" ? void 0 : "value" in step ? step.value : value;
  const inner = { ...step, path: rest };
  if (typeof key === "number") {
    const items2 = [...list(value)];
    if (rest.length > 0) items2[key] = applyStep(items2[key], inner);
    else if (step.kind === "remove") items2.splice(key, 1);
    else items2.splice(key, step.kind === "insert" ? 0 : 1, "value" in step ? step.value : void 0);
    return items2;
  }
  const object = isRecord(value) ? value : {};
  const after = applyStep(Object.hasOwn(object, key) ? object[key] : void 0, inner);
  const entries2 = Object.entries(object).filter(([name]) => name !== key || after !== void 0);
  return Object.fromEntries(
    Object.hasOwn(object, key) ? entries2.map(([name, old]) => [name, name === key ? after : old]) : after === void 0 ? entries2 : [...entries2, [key, after]]
  );
};

// src/bidirectional/edit/splice.ts
var spliceFor = (text5, document, step) => {
  const place = {
    text: text5,
    document,
    manner: mannerOf(text5, document),
    newline: /\r\n/.test(text5) ? "\r\n" : "\n"
  };
  const found = locate(place, step.path);
  switch (found.kind) {
    case "alias":
      return again(writtenOut(place, found));
    case "missing":
      return step.kind === "remove" || found.parents.length === 0 ? void 0 : done(addPath(place, found, step.kind === "set" ? step.value : [step.value]));
    case "pair":
      if (step.kind === "insert") return done(insertItem(place, found.pair, void 0, step.value));
      return done(step.kind === "set" ? setPair(place, found, step.value) : removePair(place, found));
    case "item":
      if (found.index >= found.seq.items.length && step.kind !== "insert") return void 0;
      return done(changeItem(place, found, step));
  }
};
var done = (splice) => splice === void 0 ? void 0 : { splice, again: false };
var again = (splice) => splice === void 0 ? void 0 : { splice, again: true };
var keyOf = (pair) => (0, import_yaml7.isScalar)(pair.key) ? String(pair.key.value) : void 0;
var locate = (place, path5) => {
  let node = place.document.contents;
  let owner;
  let inFlow = false;
  for (const [depth, key] of path5.entries()) {
    const here = path5.slice(0, depth + 1);
    if ((0, import_yaml7.isAlias)(node)) return { kind: "alias", node, inFlow, owner };
    if ((0, import_yaml7.isSeq)(node) && typeof key === "number") {
      inFlow ||= node.flow === true;
      if (depth === path5.length - 1) return { kind: "item", seq: node, index: key, inFlow, path: here, owner };
      node = node.items[key];
      owner = void 0;
      continue;
    }
    if (!(0, import_yaml7.isMap)(node)) return { kind: "missing", map: void 0, owner, inFlow, parents: path5.slice(depth) };
    inFlow ||= node.flow === true;
    const pair = node.items.find((item) => keyOf(item) === String(key));
    if (pair === void 0) return { kind: "missing", map: node, owner, inFlow, parents: path5.slice(depth) };
    const at = { map: node, pair, inFlow, path: here, owner };
    if (depth === path5.length - 1) return { kind: "pair", ...at };
    owner = at;
    node = pair.value;
  }
  return { kind: "missing", map: void 0, owner, inFlow, parents: [] };
};
var lineStart = (text5, offset) => text5.lastIndexOf("\n", offset - 1) + 1;
var columnOf = (text5, offset) => offset - lineStart(text5, offset);
var nextLine = (text5, offset) => {
  const end = text5.indexOf("\n", offset);
  return end < 0 ? text5.length : end + 1;
};
var rangeOf = (node) => {
  const range = (0, import_yaml7.isScalar)(node) || (0, import_yaml7.isCollection)(node) || (0, import_yaml7.isAlias)(node) ? node.range : void 0;
  return range ? [range[0], range[1]] : void 0;
};
var valueEnd = (text5, pair) => {
  const colon = colonOf(text5, pair);
  if (colon === void 0) return void 0;
  let end = Math.max(colon + 1, rangeOf(pair.value)?.[1] ?? 0);
  while (end > colon + 1 && /[\r\n]/.test(text5[end - 1] ?? "")) end -= 1;
  return end;
};
var colonOf = (text5, pair) => {
  const end = rangeOf(pair.key)?.[1];
  if (end === void 0) return void 0;
  const colon = text5.indexOf(":", end);
  return colon >= 0 && text5.slice(end, colon).trim() === "" ? colon : void 0;
};
var afterLines = (text5, end) => text5[end - 1] === "\n" ? end : nextLine(text5, end);
var putLines = (place, at, lines3) => {
  const block2 = lines3.replaceAll("\n", place.newline);
  const open2 = at > 0 && place.text[at - 1] !== "\n";
  return { start: at, end: at, text: open2 ? place.newline + block2 : block2 + place.newline };
};
var isNested = (value) => typeof value === "object" && value !== null;
var quotesOf = (node) => {
  if (!(0, import_yaml7.isScalar)(node)) return "plain";
  return node.type === "QUOTE_SINGLE" ? "single" : node.type === "QUOTE_DOUBLE" ? "double" : "plain";
};
var isOnOneLine = (node) => (0, import_yaml7.isScalar)(node) && (node.type === "PLAIN" || node.type === "QUOTE_SINGLE" || node.type === "QUOTE_DOUBLE");
var renderPair = ({ manner }, key, value, column) => indented(renderBlock({ [key]: value }, manner), column).slice(column);
var renderAfterColon = (place, value, column) => {
  const shown4 = renderPair(place, "k", value, column).slice(2);
  return shown4.replaceAll("\n", place.newline);
};
var setPair = (place, { pair, inFlow }, value) => {
  const { text: text5 } = place;
  const colon = colonOf(text5, pair);
  const end = valueEnd(text5, pair);
  const keyAt = rangeOf(pair.key)?.[0];
  if (colon === void 0 || end === void 0 || keyAt === void 0) return void 0;
  const old = pair.value;
  const range = rangeOf(old);
  if (inFlow) {
    if (range === void 0 || range[0] === range[1]) return void 0;
    return {
      start: range[0],
      end: range[1],
      text: isNested(value) ? renderFlow(value) : renderScalar(value, quotesOf(old))
    };
  }
  const oneLine2 = !isBlock(value);
  if (oneLine2 && range !== void 0 && range[1] > range[0] && (isOnOneLine(old) || (0, import_yaml7.isAlias)(old))) {
    const shown4 = isNested(value) ? renderFlow(value) : renderScalar(value, quotesOf(old));
    return { start: range[0], end: range[1], text: shown4 };
  }
  const column = columnOf(text5, keyAt);
  if (range === void 0 || range[0] === range[1]) {
    if (oneLine2)
      return {
        start: colon + 1,
        end: colon + 1,
        text: ` ${isNested(value) ? renderFlow(value) : renderScalar(value)}`
      };
    if (typeof value === "string") {
      return { start: colon + 1, end: colon + 1, text: renderAfterColon(place, value, column) };
    }
    return putLines(place, nextLine(text5, colon), renderAfterColon(place, value, column).replace(/^\r?\n/, ""));
  }
  const lineEnd = text5.indexOf("\n", colon);
  const head = (0, import_yaml7.isCollection)(old) && old.flow !== true && lineEnd >= 0 ? text5.slice(colon + 1, lineEnd).trim() : "";
  if (head.startsWith("#") && isNested(value) && isBlock(value)) {
    return { start: lineEnd, end, text: renderAfterColon(place, value, column) };
  }
  const [line3 = "", ...lines3] = renderAfterColon(place, value, column).split(place.newline);
  const comment = lines3.length > 0 ? /^[^\S\n]+#[^\r\n]*/.exec(text5.slice(end))?.[0] ?? "" : "";
  return { start: colon + 1, end: end + comment.length, text: [line3 + comment, ...lines3].join(place.newline) };
};
var addPath = (place, found, value) => {
  const [key, ...rest] = found.parents;
  if (key === void 0 || typeof key === "number" || rest.some((part) => typeof part === "number")) return void 0;
  const nested = rest.reduceRight((inner, part) => ({ [part]: inner }), value);
  const { map, owner } = found;
  if (map === void 0 || map.items.length === 0) {
    const range = rangeOf(map);
    if (owner !== void 0) return setPair(place, owner, { [key]: nested });
    return range === void 0 ? void 0 : { start: range[0], end: range[1], text: renderFlow({ [key]: nested }) };
  }
  if (found.inFlow) return addToFlow(place, map, `${renderScalar(key)}: ${renderFlow(nested)}`);
  return addToBlock({ ...place, manner: mannerIn(place, map, owner) }, map, key, nested);
};
var mannerIn = ({ text: text5, manner }, map, owner) => {
  const [inner, outer] = [rangeOf(map.items[0]?.key)?.[0], rangeOf(owner?.pair.key)?.[0]];
  if (inner === void 0 || outer === void 0) return manner;
  const indent = columnOf(text5, inner) - columnOf(text5, outer);
  return indent > 0 ? { ...manner, indent } : manner;
};
var addToFlow = ({ text: text5 }, map, shown4) => {
  const last = map.items.at(-1);
  const end = (0, import_yaml7.isMap)(map) ? rangeOf(map.items.at(-1)?.value)?.[1] : rangeOf(last)?.[1];
  const close = rangeOf(map)?.[1];
  if (end === void 0 || close === void 0) return void 0;
  if (text5.slice(end, close).includes(",")) return void 0;
  return { start: end, end, text: `, ${shown4}` };
};
var addToBlock = (place, map, key, value) => {
  const { text: text5 } = place;
  const [first] = map.items;
  const last = map.items.at(-1);
  const at = rangeOf(first?.key)?.[0];
  const end = last === void 0 ? void 0 : valueEnd(text5, last);
  if (at === void 0 || end === void 0 || last === void 0) return void 0;
  const column = columnOf(text5, at);
  const range = rangeOf(last.value);
  const after = afterLines(text5, range !== void 0 && range[1] > end && text5[range[1] - 1] === "\n" ? range[1] : end);
  return putLines(place, after, " ".repeat(column) + renderPair(place, key, value, column));
};
var removePair = (place, found) => {
  const { text: text5 } = place;
  const { map, pair, inFlow, owner } = found;
  const start = rangeOf(pair.key)?.[0];
  const end = valueEnd(text5, pair);
  if (start === void 0 || end === void 0) return void 0;
  if (map.items.length === 1) {
    if (owner === void 0) {
      const from2 = rangeOf(map)?.[0];
      return from2 === void 0 ? void 0 : { start: from2, end: inFlow ? rangeOf(map)?.[1] ?? end : end, text: "{}" };
    }
    const [top, field] = owner.path;
    const metadata = owner.path.length === 2 && top === "metadata" && (field === "labels" || field === "annotations");
    return metadata ? removePair(place, owner) : setPair(place, owner, {});
  }
  const index = map.items.indexOf(pair);
  if (inFlow) {
    const next2 = rangeOf(map.items[index + 1]?.key)?.[0];
    const before = map.items[index - 1];
    const beforeEnd = before === void 0 ? void 0 : rangeOf(before.value)?.[1] ?? rangeOf(before.key)?.[1];
    if (next2 !== void 0) return { start, end: next2, text: "" };
    return beforeEnd === void 0 ? void 0 : { start: beforeEnd, end, text: "" };
  }
  const from = lineStart(text5, start);
  const range = rangeOf(pair.value);
  const until = afterLines(text5, range !== void 0 && range[1] > end && text5[range[1] - 1] === "\n" ? range[1] : end);
  if (text5.slice(from, start).trim() === "") return { start: from, end: until, text: "" };
  const next = rangeOf(map.items[index + 1]?.key)?.[0];
  return index === 0 && next !== void 0 && text5.slice(until, next).trim() === "" ? { start, end: next, text: "" } : void 0;
};
var dashOf = (text5, item) => {
  const start = rangeOf(item)?.[0];
  if (start === void 0) return void 0;
  const dash = text5.lastIndexOf("-", start - 1);
  return dash >= 0 && text5.slice(dash + 1, start).trim() === "" && text5.slice(lineStart(text5, dash), dash).trim() === "" ? dash : void 0;
};
var renderItem = (place, value, column) => indented(renderBlock([value], { ...place.manner, indentLists: false }), column);
var changeItem = (place, { seq, index, inFlow, owner }, step) => {
  const small = inFlow ? void 0 : blockItem(place, seq, index, step);
  if (small !== void 0) return small;
  const item = seq.items[index];
  const range = rangeOf(item);
  if (step.kind === "set" && range !== void 0 && (inFlow || !isBlock(step.value) && isOnOneLine(item))) {
    const shown4 = isNested(step.value) ? renderFlow(step.value) : renderScalar(step.value, quotesOf(item));
    return { start: range[0], end: range[1], text: shown4 };
  }
  const value = applyStep(list(seq.toJS(place.document, { maxAliasCount: MAX_ALIASES })), { ...step, path: [index] });
  const whole3 = rangeOf(seq);
  if (inFlow) return whole3 === void 0 ? void 0 : { start: whole3[0], end: whole3[1], text: renderFlow(value) };
  return owner === void 0 ? void 0 : setPair(place, owner, value);
};
var blockItem = (place, seq, index, step) => {
  const { text: text5 } = place;
  const first = dashOf(text5, seq.items[0]);
  if (first === void 0) return void 0;
  const column = columnOf(text5, first);
  const lineOf2 = (item2) => {
    const dash = dashOf(text5, item2);
    const end = rangeOf(item2)?.[1];
    return dash === void 0 || end === void 0 ? void 0 : { start: lineStart(text5, dash), end: afterLines(text5, end) };
  };
  if (step.kind === "insert") {
    const before = lineOf2(seq.items[index]);
    if (before !== void 0) return putLines(place, before.start, renderItem(place, step.value, column));
    const last = lineOf2(seq.items.at(-1));
    return last === void 0 ? void 0 : putLines(place, last.end, renderItem(place, step.value, column));
  }
  const item = seq.items[index];
  const lines3 = lineOf2(item);
  if (lines3 === void 0) return void 0;
  if (step.kind === "remove") {
    return seq.items.length === 1 ? void 0 : { start: lines3.start, end: lines3.end, text: "" };
  }
  if (!isBlock(step.value) && isOnOneLine(item)) return void 0;
  const rendered = renderItem(place, step.value, column).replaceAll("\n", place.newline);
  const broken = text5[lines3.end - 1] === "\n";
  return { start: lines3.start, end: lines3.end, text: broken ? rendered + place.newline : rendered };
};
var insertItem = (place, pair, index, value) => {
  if (!(0, import_yaml7.isSeq)(pair.value)) return void 0;
  const at = index ?? pair.value.items.length;
  return blockItem(place, pair.value, at, { kind: "insert", path: [at], value });
};
var writtenOut = (place, { node, inFlow, owner }) => {
  if (!(0, import_yaml7.isAlias)(node)) return void 0;
  const value = node.toJS(place.document, { maxAliasCount: MAX_ALIASES });
  if (owner !== void 0 && !inFlow) return setPair(place, owner, value);
  const range = rangeOf(node);
  return range === void 0 ? void 0 : { start: range[0], end: range[1], text: renderFlow(value) };
};
var writeOutFirstAlias = (text5, document) => {
  const place = { text: text5, document, manner: mannerOf(text5, document), newline: "\n" };
  const search = (node) => {
    if ((0, import_yaml7.isMap)(node)) {
      for (const pair of node.items) {
        if ((0, import_yaml7.isAlias)(pair.value) && keyOf(pair) !== "<<") {
          const range = rangeOf(pair.value);
          const value = pair.value.toJS(place.document, { maxAliasCount: MAX_ALIASES });
          return range === void 0 ? void 0 : { start: range[0], end: range[1], text: renderFlow(value) };
        }
        const found = search(pair.value);
        if (found !== void 0) return found;
      }
    }
    if ((0, import_yaml7.isSeq)(node)) {
      for (const item of node.items) {
        if ((0, import_yaml7.isAlias)(item)) {
          const range = rangeOf(item);
          const value = item.toJS(place.document, { maxAliasCount: MAX_ALIASES });
          return range === void 0 ? void 0 : { start: range[0], end: range[1], text: renderFlow(value) };
        }
        const found = search(item);
        if (found !== void 0) return found;
      }
    }
    return void 0;
  };
  return search(document.contents);
};

// src/bidirectional/edit/edit.ts
var impossible = (reason) => ({ kind: "impossible", reason });
var MAX_STEPS = 1e4;
var changeEntity = (path5, text5, ref, content, options) => {
  const before = entitiesOf(path5, text5, options);
  const entity2 = before?.find((one) => sameRef(one.ref, ref));
  if (before === void 0 || entity2 === void 0) return impossible("the entity is not in the file");
  const steps = stepsBetween(entity2.content, content);
  if (steps.length === 0) return { kind: "ok", text: text5 };
  const wanted = before.map((one) => one === entity2 ? { ref: one.ref, content } : one);
  const direct = applySteps(text5, entity2.index, steps);
  if (direct !== void 0 && says2(path5, direct, wanted, options)) return { kind: "ok", text: direct };
  const apart = withoutAliases(text5, entity2.index);
  const second = apart === void 0 ? void 0 : applySteps(apart, entity2.index, steps);
  if (second !== void 0 && says2(path5, second, wanted, options)) return { kind: "ok", text: second };
  const whole3 = applySteps(apart ?? text5, entity2.index, wholeFields(entity2.content, content));
  if (whole3 !== void 0 && says2(path5, whole3, wanted, options)) return { kind: "ok", text: whole3 };
  return impossible(
    "the fields come from an anchor, a merge key or a form that cannot be changed without changing more"
  );
};
var addEntity = (path5, text5, ref, content, options) => {
  const before = entitiesOf(path5, text5, options);
  if (before === void 0) return impossible("the file cannot be read");
  const newline = /\r\n/.test(text5) ? "\r\n" : "\n";
  const rendered = renderEntity(ref, content).replaceAll("\n", newline);
  const head = text5.trim() === "" ? "" : `${text5}${text5.endsWith("\n") ? "" : newline}---${newline}`;
  const added = head + rendered;
  return says2(path5, added, [...before, { ref, content }], options) ? { kind: "ok", text: added } : impossible("it cannot be written as YAML");
};
var removeEntity = (path5, text5, ref, options) => {
  const before = entitiesOf(path5, text5, options);
  const entity2 = before?.find((one) => sameRef(one.ref, ref));
  if (before === void 0 || entity2 === void 0) return impossible("the entity is not in the file");
  const { documents } = parseYaml(text5);
  const others = documents.filter((document2, index) => index !== entity2.index && document2.toJS() !== null);
  if (others.length === 0) return { kind: "ok", text: "" };
  const document = documents[entity2.index];
  const next = documents[entity2.index + 1];
  if (document === void 0) return impossible("the entity is not in the file");
  const start = document.range[0];
  const end = next === void 0 ? text5.length : next.range[0];
  const dashed = text5.startsWith("---", start);
  const removed = !dashed && next !== void 0 ? text5.slice(0, start) + text5.slice(end).replace(/^---[^\S\n]*\r?\n/, "") : text5.slice(0, start) + text5.slice(end);
  const rest = before.filter((one) => one !== entity2);
  return says2(path5, removed, rest, options) ? { kind: "ok", text: removed } : impossible("its document cannot be told from the others");
};
var entitiesOf = (path5, text5, options) => {
  const parsed = parseFile(path5, text5, options);
  return parsed.kind === "ok" ? parsed.entities : void 0;
};
var says2 = (path5, text5, wanted, options) => {
  const found = entitiesOf(path5, text5, options);
  return found !== void 0 && found.length === wanted.length && wanted.every((one) => found.some(({ ref, content }) => sameRef(ref, one.ref) && sameValue(content, one.content)));
};
var applySteps = (text5, index, steps) => {
  let now = text5;
  const open2 = [...steps];
  for (let count = 0; open2.length > 0; count += 1) {
    const [step] = open2;
    const document = readDocument3(now, index);
    if (step === void 0 || document === void 0 || count > MAX_STEPS) return void 0;
    const spliced = spliceFor(now, document, step);
    if (spliced === void 0) return void 0;
    now = applySplice(now, spliced.splice);
    if (!spliced.again) open2.shift();
  }
  return now;
};
var readDocument3 = (text5, index) => {
  try {
    const document = parseYaml(text5).documents[index];
    return document === void 0 || document.errors.length > 0 ? void 0 : document;
  } catch {
    return void 0;
  }
};
var applySplice = (text5, { start, end, text: put }) => text5.slice(0, start) + put + text5.slice(end);
var withoutAliases = (text5, index) => {
  let now = text5;
  for (let count = 0; count < MAX_STEPS; count += 1) {
    const document = readDocument3(now, index);
    if (document === void 0) return void 0;
    const splice = hasAliases(document) ? writeOutFirstAlias(now, document) : void 0;
    if (splice === void 0) return count === 0 ? void 0 : now;
    now = applySplice(now, splice);
  }
  return void 0;
};

// src/bidirectional/platform/patch.ts
init_json();
var patchOf = (object, resourceVersion, changes, agreement) => {
  const all = agreement === void 0 ? changes : [...changes, { path: ["metadata", "annotations", AGREEMENT_ANNOTATION], after: agreement }];
  const made = /* @__PURE__ */ new Set();
  return [
    { op: "test", path: "/metadata/resourceVersion", value: resourceVersion },
    ...all.flatMap(({ path: path5, after }) => {
      if (after === void 0) {
        return isThere(object, path5) ? [{ op: "remove", path: pointerOf(path5) }] : [];
      }
      return [...missingParents(object, path5, made), { op: "add", path: pointerOf(path5), value: after }];
    })
  ];
};
var isThere = (object, path5) => {
  const parent2 = valueAt(object, path5.slice(0, -1));
  const key = path5.at(-1);
  return key !== void 0 && isRecord(parent2) && Object.hasOwn(parent2, key);
};
var missingParents = (object, path5, made) => path5.slice(0, -1).flatMap((_, index) => {
  const parent2 = path5.slice(0, index + 1);
  const pointer = pointerOf(parent2);
  if (isRecord(valueAt(object, parent2)) || made.has(pointer)) return [];
  made.add(pointer);
  return [{ op: "add", path: pointer, value: {} }];
});

// src/bidirectional/round/prepare.ts
var Draft = class {
  #folder;
  #changed = /* @__PURE__ */ new Map();
  constructor(folder) {
    this.#folder = folder;
  }
  text(path5) {
    return this.#changed.get(path5) ?? (this.#changed.has(path5) ? "" : this.#folder.texts.get(path5) ?? "");
  }
  isTaken(path5) {
    return this.#changed.has(path5) ? this.#changed.get(path5) !== null : this.#folder.paths.has(path5);
  }
  put(path5, text5) {
    this.#changed.set(path5, text5 === "" ? null : text5);
  }
  change() {
    const changed = [...this.#changed].filter(([path5, text5]) => text5 !== (this.#folder.texts.get(path5) ?? null));
    return {
      writes: changed.flatMap(([path5, content]) => content === null ? [] : [{ path: path5, content }]),
      deletions: changed.flatMap(([path5, content]) => content === null ? [path5] : []),
      renames: []
    };
  }
};
var prepare = async (situation, first, rules, firsts, deps) => {
  const failures = [];
  let plan = first;
  let allowed2 = rules;
  const tried = await tryOnPlatform(situation, plan, deps);
  const invalid2 = refusedYaml(situation, plan, tried, deps.folder, deps.options);
  if (tried.kind !== "done") {
    failures.push({
      direction: "to-platform",
      action: plan.kind === "create" ? "create" : "update",
      status: "FAILED",
      message: tried.message,
      hint: tried.kind === "refused" ? tried.hint : "",
      payload: wantedOf(plan, "platform")
    });
    allowed2 = { ...allowed2, writePlatform: false };
    plan = withoutTidings(planEntity(situation, allowed2, firsts));
  }
  let edited = withoutSecrets2(edit(situation, plan, deps), deps);
  if (edited.kind === "impossible") {
    failures.push({
      direction: "to-git",
      action: plan.kind === "create" ? "create" : plan.kind === "delete" ? "delete" : "update",
      status: "FAILED",
      message: `its file cannot be changed: ${edited.reason}`,
      hint: "Change the file by hand; the platform keeps what it has.",
      payload: wantedOf(plan, "git")
    });
    plan = withoutTidings(planEntity(situation, { ...allowed2, writeGit: "no" }, firsts));
    edited = edit(situation, plan, deps);
  }
  const path5 = edited.kind === "ok" ? edited.path : situation.git?.path ?? "";
  if (plan.kind === "update" && plan.agreement !== void 0) {
    try {
      agreementText(plan.agreement, deps.scope, "0".repeat(40), path5);
    } catch (error2) {
      if (!(error2 instanceof AgreementTooLargeError)) throw error2;
      const message = "too many fields are open to remember them all; nothing of it is changed";
      failures.push({
        direction: "none",
        action: "keep",
        status: "FAILED",
        message,
        hint: "Make both sides equal, or set `conflict` to `git` or `platform`."
      });
      return { situation, plan: { kind: "nothing" }, path: situation.git?.path ?? "", failures, invalid: invalid2 };
    }
  }
  if (edited.kind === "ok") for (const [file, text5] of edited.texts) deps.draft.put(file, text5);
  return { situation, plan, path: path5, failures, invalid: invalid2 };
};
var wantedOf = (plan, side) => plan.kind === "update" ? changePayload(plan[side].differences, side) : plan.kind === "create" || plan.kind === "delete" ? contentPayload(plan.content) : NO_PAYLOAD;
var withoutTidings = (plan) => {
  if (plan.kind === "undecided" || plan.kind === "left") return { kind: "nothing" };
  if (plan.kind !== "update") return plan;
  return { ...plan, held: [], conflict: plan.conflict?.resolved === true ? plan.conflict : void 0 };
};
var agreementText = (next, scope, commit2, path5) => writeAgreement({
  repository: scope.repository,
  branch: scope.branch,
  commit: commit2,
  path: path5,
  hash: hashOf(next.content),
  open: openFields(next.content, next.inGit)
});
var tryOnPlatform = async ({ ref, platform: entity2 }, plan, { platform, signal }) => {
  if (plan.kind === "create" && plan.on === "platform") {
    return platform.create(objectOf(ref, plan.content, ""), ref, true, signal);
  }
  if (plan.kind !== "update" || plan.platform.differences.length === 0 || entity2 === void 0) {
    return { kind: "done", uid: "" };
  }
  const steps = patchOf(entity2.object, entity2.resourceVersion, plan.platform.differences, void 0);
  const result = await platform.patch(ref, steps, true, signal);
  return result.kind === "stale" ? { kind: "done", uid: "" } : result;
};
var withoutSecrets2 = (edited, { draft, redact }) => {
  const holds = (text5) => redact(text5) !== text5;
  return edited.kind === "ok" && edited.texts.some(([path5, text5]) => holds(text5) && !holds(draft.text(path5))) ? { kind: "impossible", reason: "it would hold a secret of this run" } : edited;
};
var edit = ({ ref, git, platform }, plan, { draft, scope, options }) => {
  const at = (path5, edited, then = path5) => edited.kind === "ok" ? { kind: "ok", path: then, texts: [[path5, edited.text]] } : edited;
  switch (plan.kind) {
    case "update":
      return git === void 0 || plan.git.differences.length === 0 ? { kind: "ok", path: git?.path ?? "", texts: [] } : at(git.path, changeEntity(git.path, draft.text(git.path), ref, plan.git.content, options));
    case "create": {
      if (plan.on === "platform") return { kind: "ok", path: git?.path ?? "", texts: [] };
      const old = platform?.agreement?.path ?? "";
      const path5 = old !== "" && isInFolder(old, scope.folder) && (!draft.isTaken(old) || draft.text(old) !== "") ? old : newFilePath(scope.folder, ref, (candidate) => draft.isTaken(candidate));
      return at(path5, addEntity(path5, draft.text(path5), ref, plan.content, options));
    }
    case "delete":
      return plan.on === "platform" || git === void 0 ? { kind: "ok", path: git?.path ?? "", texts: [] } : at(git.path, removeEntity(git.path, draft.text(git.path), ref, options), "");
    default:
      return { kind: "ok", path: git?.path ?? "", texts: [] };
  }
};

// src/bidirectional/round/remember.ts
var memoryAfter = (ready, before, { failed: failed2, gitSays, folder }) => {
  const after = /* @__PURE__ */ new Map();
  for (const one of ready) {
    const name = entityName(one.situation.ref);
    const keep = failed2.has(name) || one.situation.leftAlone !== "" || one.situation.unreadable !== "";
    const remembered = keep ? before.entities.get(name) : rememberedAfter(one, gitSays);
    if (remembered !== void 0) after.set(name, remembered);
  }
  const met = new Set(ready.map(({ situation }) => entityName(situation.ref)));
  for (const [name, remembered] of before.entities) {
    if (!met.has(name) && folder.problems.some(({ path: path5 }) => path5 === remembered.path)) after.set(name, remembered);
  }
  const same = formatMemory({ head: before.head, entities: after }) === formatMemory(before);
  const stays = same || ready.some((one) => hasOnlyOurCommit(one, failed2));
  return { head: stays && before.head !== "" ? before.head : folder.commit, entities: after };
};
var hasOnlyOurCommit = ({ situation, plan }, failed2) => {
  const { ref, git, platform, base, leftAlone: leftAlone2, unreadable } = situation;
  if (platform === void 0 || platform.agreement !== void 0 || leftAlone2 !== "") return false;
  if (unreadable !== "") return true;
  if (git === void 0 || !(base.kind === "known" || sameValue(git.content, platform.content))) return false;
  return plan.kind !== "update" || plan.agreement === void 0 || failed2.has(entityName(ref));
};
var rememberedAfter = ({ situation, plan, path: path5 }, gitSays) => {
  const { remembered, platform } = situation;
  const before = platform?.agreement === void 0 ? remembered : { hash: platform.agreement.hash, path: platform.agreement.path };
  switch (plan.kind) {
    case "update":
      return plan.agreement === void 0 ? before : { hash: hashOf(plan.agreement.content), path: path5 };
    case "create":
      return plan.on === "git" && !gitSays ? before : { hash: hashOf(plan.content), path: path5 };
    case "delete":
      return plan.on === "git" && !gitSays ? before : void 0;
    default:
      return before;
  }
};

// src/bidirectional/round/write-platform.ts
var ATTEMPTS2 = 5;
var writePlatform = async ({ situation, plan, path: path5 }, { commit: commit2, gitSays }, platform, scope, signal) => {
  const { ref } = situation;
  if (plan.kind === "create" && plan.on === "platform") {
    const agreement = agreementText({ content: plan.content, inGit: plan.content }, scope, commit2, path5);
    return platform.create(objectOf(ref, plan.content, agreement), ref, false, signal);
  }
  if (situation.platform === void 0) return { kind: "done", uid: "" };
  const write = writerOf(situation, plan, { commit: commit2, gitSays, path: path5 }, platform, scope, signal);
  if (write === void 0) return { kind: "done", uid: "" };
  let entity2 = situation.platform;
  for (let attempt2 = 1; ; attempt2 += 1) {
    const result = await write(entity2);
    if (result.kind !== "stale" || attempt2 === ATTEMPTS2) return result;
    const now = await platform.get(ref, signal);
    if (now === void 0 || !sameValue(now.content, entity2.content) || now.agreementText !== entity2.agreementText) {
      return result;
    }
    entity2 = now;
  }
};
var writerOf = ({ ref }, plan, { commit: commit2, gitSays, path: path5 }, platform, scope, signal) => {
  switch (plan.kind) {
    case "update": {
      const agreement = plan.agreement === void 0 ? void 0 : agreementText(plan.agreement, scope, commit2, path5);
      const { differences: differences2 } = plan.platform;
      if (differences2.length === 0 && agreement === void 0) return void 0;
      return (entity2) => platform.patch(ref, patchOf(entity2.object, entity2.resourceVersion, differences2, agreement), false, signal);
    }
    case "create": {
      if (plan.on === "platform" || !gitSays) return void 0;
      const agreement = agreementText({ content: plan.content, inGit: plan.content }, scope, commit2, path5);
      return (entity2) => platform.patch(ref, patchOf(entity2.object, entity2.resourceVersion, [], agreement), false, signal);
    }
    case "delete":
      return plan.on === "git" ? void 0 : (entity2) => platform.remove(entity2, signal);
    default:
      return void 0;
  }
};

// src/bidirectional/round/round.ts
var PUSH_FAILED = { direction: "to-git", action: "update", status: "FAILED", message: "not pushed" };
var CONCURRENCY2 = 8;
var round = async (head, deps) => {
  const { git, platform, scope, options, signal, clock } = deps;
  const folder = await readFolder2(git, head, scope.folder, options, signal);
  folder.problems.forEach(deps.onInvalid);
  const memory = await deps.memory?.read(signal) ?? NO_MEMORY;
  const past = createPast(git, head, options, signal);
  const known3 = { ...memory, head: memory.head || deps.firstHead };
  const situations = await gather(platform, past, folder, known3, scope, signal);
  const rules = deps.committed ? { ...deps.rules, writeGit: "no" } : deps.rules;
  const planned = await planAll(situations, folder, rules, past, deps.maxDeletions);
  const tell = async (situation, happening, made = "") => deps.onEvent(recordOf(situation, happening, clock.date()), situation, situation.platform?.uid ?? made);
  const result = (more2, prepared3) => ({
    again: void 0,
    commit: "",
    head,
    equal: prepared3.filter(({ plan, failures }) => failures.length === 0 && endsEqual(plan)).length,
    leftAlone: prepared3.flatMap(
      ({ situation, plan }) => plan.kind === "left" ? [{ entity: entityName(situation.ref), reason: plan.reason }] : []
    ),
    proposed: [],
    memory: void 0,
    ...more2
  });
  const draft = new Draft(folder);
  const prepared2 = [];
  for (const { situation, plan, firsts, failures } of planned) {
    signal.throwIfAborted();
    const one = await prepare(situation, plan, rules, firsts, {
      platform,
      draft,
      folder,
      scope,
      options,
      redact: deps.redact,
      signal
    });
    one.invalid.forEach(deps.onInvalid);
    prepared2.push({ ...one, failures: [...failures, ...one.failures] });
  }
  for (const { situation, failures } of prepared2) for (const failure of failures) await tell(situation, failure);
  if (deps.dryRun) {
    for (const one of prepared2) {
      for (const happening of tidingsOf(one.plan)) await tell(one.situation, happening);
      for (const side of ["platform", "git"]) {
        const change = changeOf(one, side);
        if (change === void 0) continue;
        await tell(one.situation, { ...change, status: "SKIPPED", message: `would change: ${change.message}` });
      }
    }
    return result({ proposed: prepared2.filter(({ plan }) => changesGit(plan)) }, prepared2);
  }
  for (const one of prepared2) for (const happening of tidingsOf(one.plan)) await tell(one.situation, happening);
  const toGit = prepared2.filter(({ plan }) => changesGit(plan));
  if (toGit.length > 0 && memory.head === "") {
    await deps.memory?.write({ ...memory, head }, head, memoryMessage(deps.authorship()), signal);
  }
  const pushed = toGit.length === 0 ? void 0 : await writeGit(head, toGit, draft, deps);
  if (pushed?.kind === "moved") return result({ again: `the branch ${deps.target.branch} moved` }, prepared2);
  const gitSays = deps.target.kind === "branch" && (pushed === void 0 || pushed.kind === "pushed");
  const commit2 = pushed?.kind === "pushed" ? pushed.commit : "";
  const says3 = deps.target.kind === "branch" && commit2 !== "" ? commit2 : head;
  let ready = prepared2;
  if (pushed?.kind === "failed") {
    for (const one of toGit) {
      const change = changeOf(one, "git");
      if (change === void 0) continue;
      await tell(one.situation, { ...change, status: "FAILED", message: pushed.message, hint: pushed.hint });
    }
    ready = prepared2.map((one) => ({
      ...one,
      plan: changesGit(one.plan) ? withoutTidings(planEntity(one.situation, { ...rules, writeGit: "no" }, /* @__PURE__ */ new Map())) : one.plan,
      // It is told above that it failed, so it is not equal.
      failures: changesGit(one.plan) ? [...one.failures, PUSH_FAILED] : one.failures,
      path: one.situation.git?.path ?? ""
    }));
  } else {
    for (const one of toGit) {
      const change = changeOf(one, "git");
      if (change === void 0) continue;
      const message = deps.target.kind === "proposal" ? `${change.message}, in a pull request` : change.message;
      await tell(one.situation, { ...change, status: "SUCCESS", message, commit: commit2 });
    }
  }
  const stale = [];
  const limit = pLimit(CONCURRENCY2);
  const failed2 = /* @__PURE__ */ new Set();
  const deletes = ({ plan }) => plan.kind === "delete" && plan.on === "platform";
  const groups = [
    ...KINDS.map((kind) => ready.filter((one) => one.situation.ref.kind === kind && !deletes(one))),
    ...KINDS.toReversed().map((kind) => ready.filter((one) => one.situation.ref.kind === kind && deletes(one)))
  ];
  for (const group of groups) {
    await Promise.all(
      group.map(
        (one) => limit(async () => {
          signal.throwIfAborted();
          const written2 = await writePlatform(one, { commit: says3, gitSays }, platform, scope, signal);
          const name = entityName(one.situation.ref);
          const change = changeOf(one, "platform");
          if (written2.kind === "done") {
            if (change !== void 0)
              await tell(one.situation, { ...change, status: "SUCCESS", commit: says3 }, written2.uid);
            return;
          }
          failed2.add(name);
          if (written2.kind === "stale") {
            stale.push(written2.message);
            return;
          }
          refusedYaml(one.situation, one.plan, written2, folder, options).forEach(deps.onInvalid);
          const what = change ?? { direction: "none", action: "keep", message: "the agreement" };
          await tell(one.situation, { ...what, status: "FAILED", message: written2.message, hint: written2.hint });
        })
      )
    );
  }
  const [first] = stale;
  return result(
    {
      again: first,
      commit: commit2,
      head: says3,
      proposed: deps.target.kind === "proposal" ? toGit : [],
      memory: memoryAfter(ready, known3, { failed: failed2, gitSays, folder }),
      equal: ready.filter(
        ({ plan, failures, situation }) => failures.length === 0 && !failed2.has(entityName(situation.ref)) && endsEqual(plan) && (gitSays || !changesGit(plan))
      ).length
    },
    ready
  );
};
var planAll = async (situations, folder, rules, past, maxDeletions) => {
  const planned = [];
  for (const situation of situations) {
    let plan = planEntity(situation, rules, /* @__PURE__ */ new Map());
    let firsts = /* @__PURE__ */ new Map();
    if (rules.conflict === "first" && conflictPointers(plan).length > 0) {
      firsts = await readFirsts(past, situation, plan);
      plan = planEntity(situation, rules, firsts);
    }
    planned.push({ situation, plan, firsts, failures: [] });
  }
  const deletions = planned.filter(({ plan }) => plan.kind === "delete");
  const goneFolder = folder.missing && deletions.some(({ plan }) => plan.kind === "delete" && plan.on === "platform");
  if (deletions.length <= maxDeletions && !goneFolder) return planned;
  const message = goneFolder ? "the whole folder is gone: nothing is deleted for that" : `${deletions.length} deletions are more than max-deletions (${maxDeletions}): none is done`;
  const hint = goneFolder ? "Check `folder` and `branch`." : "Check whether they are meant, then raise `max-deletions`.";
  return planned.map((one) => {
    if (one.plan.kind !== "delete") return one;
    const direction = one.plan.on === "git" ? "to-git" : "to-platform";
    return {
      ...one,
      plan: { kind: "nothing" },
      failures: [{ direction, action: "delete", status: "FAILED", message, hint }]
    };
  });
};
var writeGit = async (head, toGit, draft, { git, target, authorship, signal }) => {
  const made = await git.commit(head, draft.change(), commitMessage(toGit, authorship()), signal);
  if (made === void 0) return { kind: "pushed", commit: head };
  let expected = head;
  if (target.kind === "proposal") {
    expected = await git.fetchBranch(target.branch, signal);
    const same = expected !== void 0 && await git.isAncestor(head, expected, signal) && (await git.differences(expected, made, "", signal)).length === 0;
    if (same && expected !== void 0) return { kind: "pushed", commit: expected };
  }
  const mode = target.kind === "proposal" ? "replace" : "fast-forward";
  const result = await git.push({ branch: target.branch, commit: made, expected, mode }, signal);
  switch (result.kind) {
    case "pushed":
      return { kind: "pushed", commit: made };
    case "moved":
      return { kind: "moved" };
    case "refused":
      return { kind: "failed", message: result.message, hint: result.hint };
    case "failed":
      return result.ambiguous ? { kind: "moved" } : { kind: "failed", message: result.message, hint: result.hint };
  }
};

// src/bidirectional/webhook.ts
var DELIVERIES = 10;
var syncWebhook = async ({ url, scope, secret }, github, warn2, signal) => {
  const ensured = await github.ensureWebhook({ url, scope, secret }, signal);
  if (ensured.kind === "failed") {
    warn2(`the webhook could not be registered: ${ensured.message}. ${ensured.hint}`);
    return null;
  }
  const { webhook: webhook2, notes } = ensured;
  const read = await github.recentDeliveries(webhook2, DELIVERIES, signal);
  if (read.kind === "failed") warn2(`the deliveries of the webhook could not be read: ${read.message}. ${read.hint}`);
  return {
    url: webhook2.url,
    scope: webhook2.scope,
    owner: webhook2.owner,
    notes: [`webhook ${ensured.kind}`, ...notes],
    deliveries: read.kind === "known" ? read.deliveries : []
  };
};

// src/bidirectional/run.ts
var MAX_REPLANS = 5;
var run = async (inputs, deps) => {
  const { clock, event } = deps;
  const startedAt = clock.date().toISOString();
  const startedMs = clock.now();
  const progress = {
    connection: "",
    repository: deps.repository || "local",
    branch: inputs.branch,
    firstHead: "",
    head: "",
    commit: "",
    pullRequest: null,
    webhook: null,
    last: void 0,
    problems: [],
    warnings: [],
    events: [],
    invalid: []
  };
  const dryRun = inputs.dryRun || event.kind === "preview";
  let ignored2 = "";
  try {
    ignored2 = await carryOut(inputs, dryRun, progress, deps);
  } catch (error2) {
    if (!deps.cancelled.aborted) progress.problems.push(problemOf(error2));
  }
  const durationMs = Math.round(clock.now() - startedMs);
  const { last, problems: problems2, warnings, events: events3, invalid: invalid2 } = progress;
  const equal = last?.equal ?? 0;
  return {
    schemaVersion: 1,
    action: "bidirectional",
    ...conclude({ problems: problems2, events: events3, invalid: invalid2, equal, dryRun, cancelled: deps.cancelled.aborted, durationMs, ignored: ignored2 }),
    startedAt,
    finishedAt: clock.date().toISOString(),
    durationMs,
    dryRun,
    connection: progress.connection,
    repository: progress.repository,
    branch: progress.branch,
    folder: inputs.folder,
    head: progress.head,
    commit: progress.commit,
    pullRequest: progress.pullRequest,
    problems: problems2,
    warnings,
    events: events3,
    invalid: invalid2,
    leftAlone: last?.leftAlone ?? [],
    equal,
    webhook: progress.webhook
  };
};
var carryOut = async (inputs, dryRun, progress, deps) => {
  const { event, emit, cancelled: signal } = deps;
  if (event.kind === "ignored") return event.reason;
  if (event.kind === "preview" && event.fork) return "the pull request comes from another repository";
  const readBranch2 = inputs.branch || (event.kind === "preview" ? event.head : event.branch);
  if (readBranch2.startsWith(OWN_BRANCHES)) return `${readBranch2} is a branch of this action`;
  emit({ kind: "phase", title: "Connect" });
  const platform = await deps.connect(inputs, signal);
  let git;
  try {
    progress.connection = platform.description;
    emit({ kind: "line", text: platform.description });
    git = await deps.openGit(signal);
    emit({ kind: "line", text: git.description });
    const branch = readBranch2 || (await git.defaultBranch(signal) ?? "");
    progress.branch = branch;
    if (branch === "") {
      progress.problems.push({
        title: "No branch",
        message: "the event names no branch, and the repository has no default",
        hint: "Set `branch`.",
        causes: []
      });
      return "";
    }
    const gitHub = deps.gitHub(git.url);
    if (gitHub === void 0 && (inputs.webhook !== void 0 || inputs.write === "pull-request")) {
      progress.problems.push({
        title: "Not on GitHub",
        message: `${git.url} is not on the GitHub of this workflow: there is no pull request and no webhook`,
        hint: "Leave out webhook-url, and use `write: commit`.",
        causes: []
      });
      return "";
    }
    await rounds(inputs, dryRun, branch, event, platform, git, gitHub, progress, deps);
    if (inputs.webhook !== void 0 && gitHub !== void 0 && !dryRun) {
      emit({ kind: "phase", title: "Webhook" });
      progress.webhook = await syncWebhook(inputs.webhook, gitHub, (text5) => warn(text5, progress, deps), signal);
    }
    return "";
  } finally {
    await git?.close();
    await platform.close().catch(() => {
    });
  }
};
var warn = (text5, progress, { emit }) => {
  if (progress.warnings.includes(text5)) return;
  progress.warnings.push(text5);
  emit({ kind: "warning", text: text5 });
};
var rulesOf = ({ direction, conflict, write, ...inputs }) => ({
  writePlatform: direction !== "to-git",
  writeGit: direction === "to-platform" ? "no" : write === "pull-request" ? "proposed" : "committed",
  gitDecides: direction === "to-platform",
  conflict,
  delete: inputs.delete,
  create: inputs.create
});
var rounds = async (inputs, dryRun, branch, event, platform, git, gitHub, progress, deps) => {
  const { clock, emit, cancelled: signal } = deps;
  const rules = rulesOf(inputs);
  const [namespace = ""] = inputs.namespaces;
  const scope = {
    repository: progress.repository,
    // Agreements are about the branch that a pull request would change.
    branch: event.kind === "preview" && inputs.branch === "" ? event.base : branch,
    folder: inputs.folder,
    kinds: inputs.kinds,
    namespaces: inputs.namespaces,
    selector: inputs.selector
  };
  const memory = rules.writeGit === "no" ? void 0 : createMemoryStore(git, { branch: scope.branch, folder: inputs.folder, platform: platform.description });
  const authorship = () => ({
    author: actorIdentity(deps.actor.name, deps.actor.id, deps.actor.serverUrl),
    committer: COMMITTER,
    run: deps.runUrl,
    date: clock.date()
  });
  const target = rules.writeGit === "proposed" ? { kind: "proposal", branch: `${OWN_BRANCHES}sync/${branch}` } : { kind: "branch", branch };
  const notes = createNotes(platform, dryRun, deps.redact, (text5) => warn(text5, progress, deps), signal);
  for (let attempt2 = 0; ; attempt2 += 1) {
    emit({
      kind: "phase",
      title: attempt2 === 0 ? "Compare and sync" : `Compare and sync again (${attempt2} of ${MAX_REPLANS})`
    });
    const head = await git.fetchBranch(branch, signal);
    if (head === void 0) {
      progress.problems.push({
        title: "No such branch",
        message: `${progress.repository} has no branch ${branch}`,
        hint: "Check `branch`, or push the branch first.",
        causes: []
      });
      return;
    }
    const firstHead = progress.firstHead;
    progress.firstHead ||= head;
    progress.head = head;
    progress.invalid = [];
    const told = [];
    const result = await round(head, {
      platform,
      git,
      memory,
      scope,
      options: { kinds: inputs.kinds, namespace: namespace === "*" || namespace === "" ? "argocd" : namespace },
      rules,
      maxDeletions: inputs.maxDeletions,
      target,
      dryRun,
      authorship,
      redact: deps.redact,
      clock,
      signal,
      committed: progress.commit !== "",
      firstHead,
      onInvalid: (problem) => void progress.invalid.push(problem),
      onEvent: async (record2, situation, uid) => {
        told.push(record2);
        if (record2.direction === "to-git" && record2.status === "SUCCESS") progress.commit = record2.commit;
        emit({ kind: "event", event: record2 });
        await notes.before(record2, situation.ref, uid);
      }
    }).finally(() => {
      progress.events = merged(progress.events, told);
    });
    progress.last = result;
    progress.head = result.head;
    if (result.commit !== "") progress.commit = result.commit;
    await notes.after();
    if (result.again !== void 0 && attempt2 < MAX_REPLANS) {
      emit({ kind: "line", text: `${result.again}: reading both sides again` });
      progress.events = progress.events.filter(
        ({ status, id }) => status === "SUCCESS" || status === "CONFLICT" || !told.some((one) => one.id === id)
      );
      continue;
    }
    if (result.again !== void 0) {
      progress.problems.push({
        title: "Changed too often",
        message: `${result.again}, ${MAX_REPLANS + 1} times in this run`,
        hint: "Nothing is lost: the next run goes on from here. Other runs for the same branch should share a `concurrency` group.",
        causes: []
      });
    }
    if (!dryRun) {
      if (memory !== void 0 && result.memory !== void 0) {
        const why = await memory.write(result.memory, result.head, memoryMessage(authorship()), signal);
        if (why !== "")
          warn(
            `what was agreed on could not be remembered, so deletions on the platform may not be seen: ${why}`,
            progress,
            deps
          );
      }
      if (result.proposed.length > 0 && gitHub !== void 0) {
        const proposal = { head: target.branch, base: branch, ...proposalText(result.proposed) };
        const proposed = await gitHub.propose(proposal, signal);
        if (proposed.kind === "failed") {
          progress.problems.push({
            title: "No pull request",
            message: proposed.message,
            hint: proposed.hint,
            causes: []
          });
        } else {
          progress.pullRequest = { number: proposed.number, url: proposed.url, state: proposed.kind };
          emit({ kind: "line", text: `pull request #${proposed.number} ${proposed.kind}: ${proposed.url}` });
        }
      }
    }
    return;
  }
};
var merged = (before, told) => [
  ...new Map([...before, ...told].map((event) => [event.id, event])).values()
];
var createNotes = (platform, dryRun, redact, onFailure, signal) => {
  const waiting = [];
  const noted = /* @__PURE__ */ new Set();
  let allowed2 = true;
  const put = async (record2, ref, uid) => {
    if (!allowed2 || uid === "" || noted.has(record2.id)) return;
    noted.add(record2.id);
    try {
      await platform.note(
        {
          ref,
          uid,
          id: record2.id,
          type: record2.status === "SUCCESS" ? "Normal" : "Warning",
          reason: `Sync${record2.status.charAt(0)}${record2.status.slice(1).toLowerCase()}`,
          message: redact(`${record2.direction === "none" ? "" : `${record2.direction}: `}${record2.message}`),
          payload: redact(JSON.stringify(record2.payload)),
          at: new Date(record2.time)
        },
        signal
      );
    } catch (error2) {
      if (error2 instanceof ArgoCdError && error2.code === "aborted") throw error2;
      if (error2 instanceof ArgoCdError && error2.code === "forbidden") allowed2 = false;
      const why = error2 instanceof Error ? error2.message : String(error2);
      const hint = error2 instanceof ArgoCdError ? ` ${error2.hint}` : "";
      onFailure(`Kubernetes Events are missing: ${why}.${hint}`);
    }
  };
  return {
    async before(record2, ref, uid) {
      if (dryRun || record2.status === "SKIPPED") return;
      if (record2.status === "CONFLICT") await put(record2, ref, uid);
      else waiting.push([record2, ref, uid]);
    },
    async after() {
      for (const [record2, ref, uid] of waiting.splice(0)) await put(record2, ref, uid);
    }
  };
};
var problemOf = (error2) => {
  const message = error2 instanceof Error ? error2.message : String(error2);
  if (error2 instanceof ArgoCdError)
    return { title: "The platform cannot be used", message, hint: error2.hint, causes: [] };
  if (error2 instanceof GitError) return { title: "Git cannot be used", message, hint: error2.hint, causes: [] };
  if (error2 instanceof FolderError)
    return { title: "The folder cannot be read", message, hint: error2.hint, causes: [] };
  return { title: "Unexpected error", message, hint: "This is a bug; please report it with the log.", causes: [] };
};

// src/bidirectional/main.ts
var SHORTEST_SECRET = 5;
var CONNECTIONS = 12;
var FAILURES_NAMED = 3;
var FAILURE_MAX = 600;
async function main() {
  const { env } = process;
  const redactor = createRedactor();
  const masked = /* @__PURE__ */ new Set();
  const registerSecret = (secret) => {
    redactor.register(secret);
    for (const line3 of [secret, ...secret.split(/\r?\n/)].map((text5) => text5.trim())) {
      if (line3.length < SHORTEST_SECRET || masked.has(line3)) continue;
      masked.add(line3);
      setSecret(line3);
    }
  };
  const writer = createReportWriter(env, redactor.redact);
  writer.writeEarly();
  const loaded = loadInputs((name) => getInput(name), env, readText2);
  for (const secret of loaded.secrets) registerSecret(secret);
  const log = createLog(createLogWriter(redactor.redact), colours);
  const report = loaded.kind === "invalid" ? invalidReport(loaded.problems, /* @__PURE__ */ new Date()) : await run(loaded.inputs, depsOf(loaded.inputs, env, registerSecret, redactor.redact, log.emit));
  log.close();
  const written2 = writer.write(report, loaded.called);
  log.finish(written2);
  const failure = failureMessage(written2);
  if (failure !== void 0) setFailed(redactor.redact(failure));
}
var readText2 = (path5) => (0, import_node_fs5.readFileSync)(path5, "utf8");
var depsOf = (inputs, env, registerSecret, redact, emit) => {
  const debug2 = isDebug() ? (line3) => debug(redact(line3)) : () => {
  };
  const gitHub = readRun(env, readText2);
  return {
    connect: (wanted, signal) => connect(wanted, { registerSecret, log: debug2, connections: CONNECTIONS }, signal),
    openGit: (signal) => openRepository(
      {
        workspace: env.GITHUB_WORKSPACE ?? "",
        serverUrl: gitHub.serverUrl,
        repository: env.GITHUB_REPOSITORY ?? "",
        token: inputs.githubToken,
        temp: env.RUNNER_TEMP || (0, import_node_os2.tmpdir)(),
        env,
        registerSecret,
        redact,
        delay: systemClock.delay,
        random: systemClock.random
      },
      signal
    ),
    gitHub: (remote) => {
      const repository = repositoryAt(remote, gitHub.serverUrl);
      if (inputs.githubToken === "" || repository === void 0) return void 0;
      const client = createGitHubClient(inputs.githubToken, gitHub.apiUrl, { clock: systemClock, log: debug2 });
      return createGitHub(client, repository, redact);
    },
    event: readEvent2(eventSource(env), inputs.branch),
    repository: env.GITHUB_REPOSITORY ?? "",
    actor: { name: env.GITHUB_ACTOR ?? "", id: env.GITHUB_ACTOR_ID ?? "", serverUrl: gitHub.serverUrl },
    runUrl: runUrl(env),
    redact,
    clock: systemClock,
    emit,
    cancelled: cancellation()
  };
};
var eventSource = (env) => {
  let payload;
  try {
    payload = JSON.parse(readText2(env.GITHUB_EVENT_PATH ?? ""));
  } catch {
  }
  return { name: env.GITHUB_EVENT_NAME ?? "", ref: env.GITHUB_REF ?? "", sha: env.GITHUB_SHA ?? "", payload };
};
var runUrl = (env) => {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: id } = env;
  if (server === void 0 || repository === void 0 || id === void 0) return "outside-of-a-runner";
  const attempt2 = env.GITHUB_RUN_ATTEMPT;
  return `${server}/${repository}/actions/runs/${id}${attempt2 === void 0 ? "" : `/attempts/${attempt2}`}`;
};
var cancellation = () => {
  const controller = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"]) process.on(name, () => controller.abort(name));
  return controller.signal;
};
var failureMessage = (report) => {
  if (report.result === "succeeded") return void 0;
  const failures = failuresOf(report);
  const shown4 = failures.slice(0, FAILURES_NAMED).join("; ");
  const left2 = failures.length - FAILURES_NAMED;
  const all = `${report.headline}${shown4 === "" ? "" : `: ${shown4}`}${left2 > 0 ? ` and ${left2} more` : ""}`;
  return oneLine(report.problems.length === 1 && failures.length === 1 ? report.headline : all, FAILURE_MAX);
};

// src/bidirectional/index.ts
runAction(main, setFailed);
