// What programs that follow Python code need of Python: operators, built-in functions and their errors, for values of any type, because nobody
// checks arguments there. Programs find it as env.python. Evaluates to a function of the values and the runtime; see adopt in runtime.js.
(function (values, runtime) {
  "use strict";

  const { BigInt, isFloat, floatOf, float, int, keyOf, nameOf, floatText } = values;
  const { ToolError, compareText, hasOwn, keysOf, isArray, put, stringify, lowerCase, apply } = runtime;
  const isInteger = Number.isInteger;
  const isSafeInteger = Number.isSafeInteger;
  const NOT_PRINTABLE = /[\p{C}\p{Z}]/u;
  const MAX_LENGTH = 1000000;
  const NO_ARGUMENTS = [];

  function fail(kind, message) {
    throw new ToolError(kind, message);
  }

  function typeName(value) {
    switch (typeof value) {
      case "string": return "str";
      case "boolean": return "bool";
      case "bigint": return "int";
      case "number": return isInteger(value) ? "int" : "float";
      default: return value === null ? "NoneType" : isFloat(value) ? "float" : isArray(value) ? "list" : "dict";
    }
  }

  const isDict = (value) => typeof value === "object" && value !== null && !isArray(value) && !isFloat(value);

  // ---- arguments and texts -----------------------------------------------------------------------------------------------------------------

  /** The arguments of a call, if they are exactly those of the names given. */
  function bind(owner, args, names) {
    const given = keysOf(args);
    let fits = given.length === names.length;
    for (let i = 0; fits && i < names.length; i++) {
      fits = hasOwn(args, names[i]);
    }

    if (fits) {
      return args;
    }

    for (const key of given) {
      if (!names.includes(nameOf(key))) {
        fail("type_error", owner + ".invoke() got an unexpected keyword argument '" + nameOf(key) + "'");
      }
    }

    const missing = names.filter((name) => !hasOwn(args, name)).map((name) => "'" + name + "'");
    if (missing.length > 0) {
      const last = missing.pop();
      const listed = missing.length === 0 ? last : missing.join(", ") + (missing.length > 1 ? ", and " : " and ") + last;
      fail("type_error", owner + ".invoke() missing " + (missing.length + 1) + " required positional argument" + (missing.length > 0 ? "s" : "") + ": " + listed);
    }

    return args;
  }

  function reprOfText(text) {
    const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
    let result = quote;
    for (const c of text) {
      if (c === quote || c === "\\") {
        result += "\\" + c;
      } else if (c === "\n" || c === "\r" || c === "\t") {
        result += stringify(c).slice(1, -1);
      } else if (c === " " || !NOT_PRINTABLE.test(c)) {
        result += c;
      } else {
        const code = c.codePointAt(0);
        const size = code < 0x100 ? 2 : code < 0x10000 ? 4 : 8;
        result += "\\" + (size === 2 ? "x" : size === 4 ? "u" : "U") + code.toString(16).padStart(size, "0");
      }
    }

    return result + quote;
  }

  function repr(value) {
    switch (typeof value) {
      case "string": return reprOfText(value);
      case "boolean": return value ? "True" : "False";
      case "bigint": return String(value);
      case "number": return isInteger(value) ? String(value) : value - value === 0 ? floatText(value) : value !== value ? "nan" : value > 0 ? "inf" : "-inf";
      default:
        return value === null ? "None"
          : isFloat(value) ? floatText(floatOf(value))
          : isArray(value) ? "[" + value.map(repr).join(", ") + "]"
          : "{" + keysOf(value).map((key) => reprOfText(nameOf(key)) + ": " + repr(value[key])).join(", ") + "}";
    }
  }

  function str(value) {
    return typeof value === "string" ? value : repr(value);
  }

  function lower(value) {
    return typeof value === "string" && value.length <= MAX_LENGTH ? apply(lowerCase, value, NO_ARGUMENTS) : fail("attribute_error", "'" + typeName(value) + "' object has no attribute 'lower'");
  }

  // ---- numbers -----------------------------------------------------------------------------------------------------------------------------

  /** A number as JavaScript calculates with it; undefined for what is none. */
  function numeric(value) {
    switch (typeof value) {
      case "number":
      case "bigint":
        return value;
      case "boolean": return value ? 1 : 0;
      default: return value !== null && typeof value === "object" && isFloat(value) ? floatOf(value) : undefined;
    }
  }

  const isFloating = (value) => typeof value === "number" ? !isInteger(value) : typeof value === "object" && value !== null && isFloat(value);

  function unsupported(sign, a, b) {
    return fail("type_error", "unsupported operand type(s) for " + sign + ": '" + typeName(a) + "' and '" + typeName(b) + "'");
  }

  function arithmetic(sign, a, b, apply) {
    if (typeof a === "number" && typeof b === "number") {
      const plain = apply(a, b);
      if (!isInteger(a) || !isInteger(b)) {
        return float(plain);
      }

      if (isSafeInteger(plain)) {
        return int(plain);
      }
    }

    const x = numeric(a);
    const y = numeric(b);
    if (x === undefined || y === undefined) {
      return unsupported(sign, a, b);
    }

    if (isFloating(a) || isFloating(b)) {
      return float(apply(Number(x), Number(y)));
    }

    const result = typeof x === "number" && typeof y === "number" ? apply(x, y) : 0.5;
    return isSafeInteger(result) ? int(result) : int(apply(BigInt(x), BigInt(y)));
  }

  function add(a, b) {
    if (typeof a === "string" && typeof b === "string") {
      return a + b;
    }

    return isArray(a) && isArray(b) ? [...a, ...b] : arithmetic("+", a, b, (x, y) => x + y);
  }

  function subtract(a, b) {
    return arithmetic("-", a, b, (x, y) => x - y);
  }

  function multiply(a, b) {
    const [sequence, times] = typeof a === "string" || isArray(a) ? [a, b] : [b, a];
    if (typeof sequence !== "string" && !isArray(sequence)) {
      return arithmetic("*", a, b, (x, y) => x * y);
    }

    const count = numeric(times);
    if (count === undefined || isFloating(times)) {
      fail("type_error", "can't multiply sequence by non-int of type '" + typeName(times) + "'");
    }

    if (sequence.length * Number(count) > MAX_LENGTH) {
      fail("memory_error", "the repeated sequence is longer than " + MAX_LENGTH);
    }

    let result = typeof sequence === "string" ? "" : [];
    for (let i = 0; i < count; i++) {
      result = typeof sequence === "string" ? result + sequence : [...result, ...sequence];
    }

    return result;
  }

  function negative(value) {
    const number = numeric(value);
    return number === undefined ? fail("type_error", "bad operand type for unary -: '" + typeName(value) + "'") : isFloating(value) ? float(-number) : int(-number);
  }

  function abs(value) {
    const number = numeric(value);
    if (number === undefined) {
      fail("type_error", "bad operand type for abs(): '" + typeName(value) + "'");
    }

    const size = number < 0 || (number === 0 && 1 / number < 0) ? -number : number;
    return isFloating(value) ? float(size) : int(size);
  }

  /** round(value, digits): exact in the binary value, halves to even. */
  function round(value, digits) {
    const number = numeric(value);
    if (number === undefined) {
      fail("type_error", "type " + typeName(value) + " doesn't define __round__ method");
    }

    if (!isFloating(value)) {
      return int(number);
    }

    if (number - number !== 0 || number === 0 || number >= 1e21 || number <= -1e21) {
      // Also -0.0, of which toFixed loses the sign.
      return float(number);
    }

    const text = number.toFixed(digits);
    const halves = number * 2 ** (digits + 1);
    if (isInteger(halves) && halves % 2 !== 0 && (text.charCodeAt(text.length - 1) & 1) === 1) {
      // A tie: toFixed went away from zero, to an odd digit.
      const whole = BigInt(text.replace(".", ""));
      return float(Number((whole < 0n ? whole + 1n : whole - 1n) + "e-" + digits));
    }

    return float(Number(text));
  }

  function sum(values) {
    let total = 0;
    for (let i = 0; i < values.length; i++) {
      total = add(total, values[i]);
    }

    return total;
  }

  /** int(value) of a text or number. */
  function toInt(value) {
    if (typeof value === "string") {
      return /^\s*[+-]?[0-9]+(?:_[0-9]+)*\s*$/.test(value)
        ? int(BigInt(value.replace(/[\s_+]/g, "").replace(/^-/, "")) * (value.includes("-") ? -1n : 1n))
        : fail("value_error", "invalid literal for int() with base 10: " + repr(value));
    }

    const number = numeric(value);
    if (number === undefined) {
      fail("type_error", "int() argument must be a string, a bytes-like object or a real number, not '" + typeName(value) + "'");
    }

    return int(isFloating(value) ? BigInt(Math.trunc(number)) : number);
  }

  // ---- comparison --------------------------------------------------------------------------------------------------------------------------

  function equal(a, b) {
    if (a === b) {
      return true;
    }

    if (typeof a === "string" || typeof b === "string") {
      return false;
    }

    const x = numeric(a);
    const y = numeric(b);
    if (x !== undefined || y !== undefined) {
      return x !== undefined && y !== undefined && x == y;
    }

    if (isArray(a) && isArray(b)) {
      return a.length === b.length && a.every((item, i) => equal(item, b[i]));
    }

    if (!isDict(a) || !isDict(b)) {
      return false;
    }

    const keys = keysOf(a);
    return keys.length === keysOf(b).length && keys.every((key) => hasOwn(b, key) && equal(a[key], b[key]));
  }

  function less(a, b) {
    if (typeof a === "number" && typeof b === "number") {
      return a < b;
    }

    const x = numeric(a);
    const y = numeric(b);
    if (x !== undefined && y !== undefined) {
      return x < y;
    }

    if (typeof a === "string" && typeof b === "string") {
      return compareText(a, b) < 0;
    }

    if (isArray(a) && isArray(b)) {
      for (let i = 0; i < a.length && i < b.length; i++) {
        if (!equal(a[i], b[i])) {
          return less(a[i], b[i]);
        }
      }

      return a.length < b.length;
    }

    return fail("type_error", "'<' not supported between instances of '" + typeName(a) + "' and '" + typeName(b) + "'");
  }

  function sorted(value) {
    const texts = [...iterate(value)];
    for (let i = 0; i < texts.length; i++) {
      if (typeof texts[i] !== "string") {
        return sortedByLess(texts);
      }
    }

    return texts.sort(compareText);
  }

  function sortedByLess(values) {
    return values.sort((a, b) => (less(a, b) ? -1 : less(b, a) ? 1 : 0));
  }

  // ---- containers --------------------------------------------------------------------------------------------------------------------------

  function iterate(value) {
    if (isArray(value)) {
      return value;
    }

    if (typeof value === "string") {
      return [...value];
    }

    return isDict(value) ? keysOf(value).map(nameOf) : fail("type_error", "'" + typeName(value) + "' object is not iterable");
  }

  function len(value) {
    return isArray(value) ? value.length
      : typeof value === "string" || isDict(value) ? iterate(value).length
      : fail("type_error", "object of type '" + typeName(value) + "' has no len()");
  }

  /** value.count(item). */
  function count(value, item) {
    if (isArray(value)) {
      let found = 0;
      for (let i = 0; i < value.length; i++) {
        found += equal(value[i], item) ? 1 : 0;
      }

      return found;
    }

    if (typeof value !== "string") {
      fail("attribute_error", "'" + typeName(value) + "' object has no attribute 'count'");
    }

    return typeof item !== "string" ? fail("type_error", "must be str, not " + typeName(item)) : item === "" ? len(value) + 1 : value.split(item).length - 1;
  }

  function requireHashable(key) {
    if (isArray(key) || isDict(key)) {
      fail("type_error", "unhashable type: '" + typeName(key) + "'");
    }
  }

  /** key in container. */
  function has(container, key) {
    if (typeof key === "string" && isDict(container)) {
      return hasOwn(container, keyOf(key));
    }

    if (isArray(container)) {
      return container.some((item) => equal(item, key));
    }

    if (typeof container === "string") {
      return typeof key === "string" ? container.includes(key) : fail("type_error", "'in <string>' requires string as left operand, not " + typeName(key));
    }

    if (!isDict(container)) {
      fail("type_error", "argument of type '" + typeName(container) + "' is not iterable");
    }

    requireHashable(key);
    return false;
  }

  /** container[key]. */
  function item(container, key) {
    if (isDict(container)) {
      const name = typeof key === "string" ? keyOf(key) : requireHashable(key);
      return name !== undefined && hasOwn(container, name) ? container[name] : fail("key_error", repr(key));
    }

    if (typeof container !== "string" && !isArray(container)) {
      fail("type_error", "'" + typeName(container) + "' object is not subscriptable");
    }

    const name = typeof container === "string" ? "string" : "list";
    if (typeName(key) !== "int" && typeof key !== "boolean") {
      fail("type_error", name + " indices must be integers" + (name === "list" ? " or slices" : "") + ", not " + (name === "list" ? typeName(key) : "'" + typeName(key) + "'"));
    }

    const items = iterate(container);
    const index = Number(key) < 0 ? Number(key) + items.length : Number(key);
    return index >= 0 && index < items.length ? items[index] : fail("index_error", name + " index out of range");
  }

  /** The row of a collection under a key, or undefined: key in data[collection], data[collection][key]. */
  function lookup(collection, key) {
    return typeof key === "string" ? collection.get(key) : requireHashable(key);
  }

  /** value[-length:]. */
  function tail(value, length) {
    return typeof value === "string" ? [...value].slice(-length).join("")
      : isArray(value) ? value.slice(-length)
      : isDict(value) ? fail("key_error", "slice(-" + length + ", None, None)")
      : fail("type_error", "'" + typeName(value) + "' object is not subscriptable");
  }

  /** The list with items at its end. */
  function extended(list, items) {
    return isArray(list) ? [...list, ...items] : fail("attribute_error", "'" + typeName(list) + "' object has no attribute 'extend'");
  }

  /** dict(pairs). */
  function dict(pairs) {
    const result = {};
    for (let i = 0; i < pairs.length; i++) {
      put(result, keyOf(pairs[i][0]), pairs[i][1]);
    }

    return result;
  }

  /** The dict with a key set, in its place if it is there. */
  function assigned(dict, key, value) {
    return { ...dict, [keyOf(key)]: value };
  }

  /** The dict without a key. */
  function removed(dict, key) {
    const { [keyOf(key)]: gone, ...rest } = dict;
    return rest;
  }

  return {
    fail, typeName, isFloating, numeric, repr,
    functions: {
      bind, str, lower, add, subtract, multiply, negative, abs, round, sum, int: toInt, equal, less, sorted, iterate, len, count, has, item, lookup, tail, extended, dict,
      assigned, removed,
    },
  };
})
