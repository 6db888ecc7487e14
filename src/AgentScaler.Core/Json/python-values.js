// Values as Python's json module reads and writes them, kept apart where JavaScript has one kind: an int is an integral number or a bigint, a float
// is any other number or a Float, a dict is an object whose integer-like keys carry a prefix, so that keys stay in the order they came in.
// Evaluates to a function of the runtime's intrinsics; see adopt in runtime.js.
(function (runtime) {
  "use strict";

  const { Existing, freeze, keysOf, isArray, isPlain, put, parse, stringify, tableOf, maximumDepth, maximumResult } = runtime;
  const BigInt = (0n).constructor;
  const isInteger = Number.isInteger;
  const isSafeInteger = Number.isSafeInteger;
  const PREFIX = "\u0000";
  const MAX_LABELS = 1000;
  const MAX_PREFIXED = 10000;

  /** Texts that JSON.parse would not keep as they are: integral floats, exponents, long integers, -0, integer-like keys. */
  const SPECIAL = /[0-9]\.0+(?![0-9])|[0-9][eE]|[0-9]{16}|[[:,\s]-0(?![0-9.])|"[0-9]{1,10}"\s*:|\\u00/;
  const ESCAPED = /[^ !#-[\]-~]/;
  const NOT_ASCII = /[\u007f-\uffff]/g;

  /** A float of integral value. */
  class Float {
    #value;

    constructor(value) {
      this.#value = value;
      freeze(this);
    }

    static is(value) {
      return #value in value;
    }

    static of(value) {
      return value.#value;
    }

    valueOf() {
      return this.#value;
    }

    toString() {
      return floatText(this.#value);
    }
  }

  /** The mark of a list or dict that was frozen here, with its text once that was needed. */
  class Part extends Existing {
    #text;

    constructor(value, text) {
      super(value);
      this.#text = text;
    }

    static is(value) {
      return #text in value;
    }

    static text(value) {
      return value.#text === "" ? (value.#text = write(value, 0)) : value.#text;
    }
  }

  const isFloat = Float.is;
  const floatOf = Float.of;
  const isPart = Part.is;
  const textOf = Part.text;

  function float(value) {
    return isInteger(value) ? new Float(value) : value;
  }

  function int(value) {
    return typeof value === "bigint" ? (isSafeInteger(Number(value)) ? Number(value) : value) : value === 0 ? 0 : value;
  }

  /** Keys with their prefix, by name: a text put together anew would have to be looked up among all texts each time. */
  const prefixed = tableOf();

  function isIndex(name) {
    if (name.length > 10 || (name.length > 1 && name.charCodeAt(0) === 48)) {
      return false;
    }

    for (let i = 0; i < name.length; i++) {
      const code = name.charCodeAt(i);
      if (code < 48 || code > 57) {
        return false;
      }
    }

    return name.length > 0;
  }

  function keyOf(name) {
    if (name.charCodeAt(0) !== 0 && !isIndex(name)) {
      return name;
    }

    let key = prefixed.get(name);
    if (key === undefined) {
      key = PREFIX + name;
      if (prefixed.size < MAX_PREFIXED && name.length <= 10) {
        prefixed.set(name, key);
      }
    }

    return key;
  }

  function nameOf(key) {
    return key.charCodeAt(0) === 0 ? key.slice(1) : key;
  }

  function seal(value) {
    new Part(value, "");
    return freeze(value);
  }

  // ---- reading ---------------------------------------------------------------------------------------------------------------------------

  function read(text) {
    return SPECIAL.test(text) ? readWhole(text) : parse(text);
  }

  /** Reads a text that is known to be JSON. */
  function readWhole(text) {
    let at = 0;

    function next() {
      let code = text.charCodeAt(at);
      while (code === 32 || code === 10 || code === 13 || code === 9) {
        code = text.charCodeAt(++at);
      }

      return code;
    }

    function string() {
      const start = at;
      let end = text.indexOf('"', at + 1);
      const escape = text.indexOf("\\", at + 1);
      if (escape < 0 || escape > end) {
        at = end + 1;
        return text.slice(start + 1, end);
      }

      for (end = escape; text.charCodeAt(end) !== 34; end++) {
        if (text.charCodeAt(end) === 92) {
          end++;
        }
      }

      at = end + 1;
      return parse(text.slice(start, at));
    }

    function number() {
      const start = at;
      let whole = true;
      for (;; at++) {
        const code = text.charCodeAt(at);
        if (code === 46 || code === 69 || code === 101) {
          whole = false;
        } else if (!((code >= 48 && code <= 57) || code === 45 || code === 43)) {
          break;
        }
      }

      const literal = text.slice(start, at);
      const value = Number(literal);
      return whole ? int(isSafeInteger(value) ? value : BigInt(literal)) : float(value);
    }

    function word(value, length) {
      at += length;
      return value;
    }

    function value() {
      switch (next()) {
        case 123: {
          const dict = {};
          at++;
          while (next() !== 125) {
            const key = keyOf(string());
            next();
            at++;
            put(dict, key, value());
            at += next() === 44 ? 1 : 0;
          }

          at++;
          return dict;
        }

        case 91: {
          const list = [];
          at++;
          while (next() !== 93) {
            list.push(value());
            at += next() === 44 ? 1 : 0;
          }

          at++;
          return list;
        }

        case 34: return string();
        case 116: return word(true, 4);
        case 102: return word(false, 5);
        case 110: return word(null, 4);
        default: return number();
      }
    }

    return value();
  }

  function sealParts(value) {
    for (const key in value) {
      const part = value[key];
      if (typeof part === "object" && part !== null && !isFloat(part)) {
        sealParts(part);
        seal(part);
      }
    }
  }

  /** A row from the host's text, which is what write gives for it. */
  function rowOf(text) {
    const row = read(text);
    sealParts(row);
    new Part(row, text);
    return freeze(row);
  }

  // ---- keeping ---------------------------------------------------------------------------------------------------------------------------

  /** A frozen copy, keys in their order. */
  function store(value, depth) {
    switch (typeof value) {
      case "string":
      case "boolean":
      case "bigint":
        return value;
      case "number":
        if (value - value === 0) {
          return value === 0 ? 0 : value;
        }

        break;
      case "object":
        if (value === null || isPart(value) || isFloat(value)) {
          return value;
        }

        if (depth >= maximumDepth) {
          throw new TypeError("a row is nested deeper than " + maximumDepth);
        }

        if (isArray(value)) {
          const copy = [];
          for (let i = 0; i < value.length; i++) {
            copy.push(store(value[i], depth + 1));
          }

          return seal(copy);
        }

        if (isPlain(value)) {
          // Copied at once, which is far cheaper than key by key; then its parts are replaced.
          const copy = { ...value };
          for (const key in copy) {
            const part = copy[key];
            const kept = store(part, depth + 1);
            if (kept !== part || part === 0) {
              put(copy, key, kept);
            }
          }

          return seal(copy);
        }

        break;
    }

    throw new TypeError("a row can hold JSON values only, not " + String(value));
  }

  // ---- writing: json.dumps with its default settings ---------------------------------------------------------------------------------------

  function exponentText(value) {
    return value.toExponential().replace(/e([+-])([0-9])$/, "e$10$2");
  }

  /** repr(float). */
  function floatText(value) {
    if (value - value !== 0) {
      return value !== value ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
    }

    const size = value < 0 ? -value : value;
    if (size >= 1e16 || (size < 1e-4 && size > 0)) {
      return exponentText(value);
    }

    return isInteger(value) ? (value === 0 && 1 / value < 0 ? "-0.0" : value + ".0") : String(value);
  }

  function quote(text) {
    return ESCAPED.test(text)
      ? stringify(text).replace(NOT_ASCII, (unit) => "\\u" + unit.charCodeAt(0).toString(16).padStart(4, "0"))
      : '"' + text + '"';
  }

  /** Keys as they stand in a text; there are few of them. */
  const labels = tableOf();

  function label(key) {
    let text = labels.get(key);
    if (text === undefined) {
      text = quote(nameOf(key)) + ": ";
      if (labels.size < MAX_LABELS && key.length < 64) {
        labels.set(key, text);
      }
    }

    return text;
  }

  function write(value, depth) {
    switch (typeof value) {
      case "string": return quote(value);
      case "number": return isInteger(value) ? String(value) : floatText(value);
      case "boolean": return value ? "true" : "false";
      case "bigint": return String(value);
      case "object": return value === null ? "null" : isFloat(value) ? floatText(floatOf(value)) : depth > 0 && isPart(value) ? textOf(value) : writeParts(value, depth);
      default: throw new TypeError("the result can hold JSON values only, not a " + typeof value);
    }
  }

  function writeParts(value, depth) {
    if (depth >= maximumDepth) {
      throw new TypeError("the result is nested deeper than " + maximumDepth);
    }

    let text = "";
    if (isArray(value)) {
      for (let i = 0; i < value.length; i++) {
        text += (i === 0 ? "[" : ", ") + write(value[i], depth + 1);
      }

      return text === "" ? "[]" : text + "]";
    }

    if (!isPlain(value)) {
      throw new TypeError("the result can hold JSON values only, not an object of another kind than {} or []");
    }

    for (const key in value) {
      text += (text === "" ? "{" : ", ") + label(key) + write(value[key], depth + 1);
    }

    return text === "" ? "{}" : text + "}";
  }

  function resultText(value) {
    const text = value === undefined ? "null" : typeof value === "object" && value !== null && isPart(value) ? textOf(value) : write(value, 0);
    if (text.length > maximumResult) {
      throw new RangeError("the result is longer than " + maximumResult + " characters");
    }

    return text;
  }

  return freeze({
    model: freeze({ read: readWhole, rowOf, store, seal, textOf, hasCanonicalText: () => true, isCanonical: () => true, text: (value) => write(value, 0), resultText }),
    BigInt, isFloat, floatOf, float, int, keyOf, nameOf, floatText,
  });
})
