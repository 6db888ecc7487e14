// Python's eval of arithmetic: numbers, + - * / // **, parentheses. What else those characters can spell (calls, tuples, an ellipsis) is an error or has
// the value and the error text Python gives it. Evaluates to a function of the values and functions; see adopt in runtime.js.
(function (values, shared) {
  "use strict";

  const { BigInt, float, int } = values;
  const { fail, typeName, isFloating, numeric, repr, functions } = shared;
  const ALPHABET = "0123456789+-*/(). ";
  const ADMITTED = /^[0-9+\-*/(). ]*$/;
  const TOKEN = /([0-9]+\.?[0-9]*|\.[0-9]+|\.\.\.)|(\*\*|\/\/|[-+*/().])|( +)/y;
  const LEADING_ZEROS = "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers";
  const MAX_BITS = 1 << 20;
  const MAX_DEPTH = 200;
  const TUPLE = { type: "tuple" };
  const ELLIPSIS = { type: "ellipsis" };
  const COMPLEX = { type: "complex" };

  /** A fault in the text, found before anything is evaluated. */
  class Fault {
    constructor(message) {
      this.message = message + " (<string>, line 1)";
    }
  }

  const nameOf = (value) => (value === TUPLE || value === ELLIPSIS || value === COMPLEX ? value.type : typeName(value));
  const isNumber = (value) => value !== TUPLE && value !== ELLIPSIS && value !== COMPLEX;

  // ---- tokens: [kind, value]; kinds are the signs themselves, "n" for a value ---------------------------------------------------------------

  function tokensOf(text) {
    const tokens = [];
    let fault = null;
    let depth = 0;
    TOKEN.lastIndex = 0;
    for (let match; TOKEN.lastIndex < text.length && (match = TOKEN.exec(text)) !== null;) {
      const [, value, sign] = match;
      if (value !== undefined) {
        if (/^0+[1-9][0-9]*$/.test(value)) {
          fault ??= new Fault(LEADING_ZEROS);
        }

        tokens.push(["n", value === "..." ? ELLIPSIS : value.includes(".") ? float(Number(value)) : int(BigInt(value))]);
      } else if (sign !== undefined) {
        depth += sign === "(" ? 1 : sign === ")" ? -1 : 0;
        if (depth < 0) {
          fault ??= new Fault("unmatched ')'");
        }

        tokens.push([sign]);
      }
    }

    return { tokens, fault, open: depth > 0 };
  }

  // ---- the grammar: sum, term, factor, power, primary, atom; gives a tree of closures --------------------------------------------------------

  function parserOf(tokens) {
    let at = 0;
    let depth = 0;

    const kind = () => (at < tokens.length ? tokens[at][0] : "");

    function invalid() {
      throw new Fault("invalid syntax");
    }

    function chain(operand, signs) {
      let left = operand();
      while (signs.includes(kind())) {
        const sign = tokens[at++][0];
        const first = left;
        const second = operand();
        left = () => binary(sign, first(), second());
      }

      return left;
    }

    const sum = () => chain(term, ["+", "-"]);
    const term = () => chain(factor, ["*", "/", "//"]);

    function factor() {
      if (++depth > MAX_DEPTH) {
        throw new Fault("too many nested parentheses");
      }

      try {
        if (kind() === "+" || kind() === "-") {
          const sign = tokens[at++][0];
          const operand = factor();
          return () => unary(sign, operand());
        }

        const base = primary();
        if (kind() !== "**") {
          return base;
        }

        at++;
        const exponent = factor();
        return () => binary("**", base(), exponent());
      } finally {
        depth--;
      }
    }

    function primary() {
      let value = atom();
      while (kind() === "(") {
        const callee = value;
        const argument = parenthesis(true);
        value = () => called(callee(), argument);
      }

      return value;
    }

    function atom() {
      if (kind() === "n") {
        const value = tokens[at++][1];
        return () => value;
      }

      return kind() === "(" ? parenthesis(false) : invalid();
    }

    /** What stands in parentheses; nothing is an empty tuple. */
    function parenthesis(call) {
      at++;
      let stars = "";
      if (kind() === "*" || kind() === "**") {
        stars = tokens[at++][0];
      }

      let value = () => TUPLE;
      let empty = true;
      if (kind() !== ")" || stars !== "") {
        value = sum();
        empty = false;
      }

      if (kind() !== ")") {
        return kind() === "n" || kind() === "(" ? adjacent() : invalid();
      }

      at++;
      if (stars !== "" && !call) {
        throw new Fault("cannot use " + (stars === "**" ? "double starred" : "starred") + " expression here");
      }

      return call ? { value: empty ? null : value, stars } : value;
    }

    /** Two expressions side by side within parentheses: worth a hint, unless the text ends before they do. */
    function adjacent() {
      try {
        sum();
      } catch {
        // Python then takes as much of the second one as is an expression.
      }

      throw new Fault(at < tokens.length ? "invalid syntax. Perhaps you forgot a comma?" : "invalid syntax");
    }

    return () => {
      const value = sum();
      return at < tokens.length ? invalid() : value;
    };
  }

  // ---- values --------------------------------------------------------------------------------------------------------------------------------

  function called(callee, { value, stars }) {
    const argument = value === null ? null : value();
    if (stars !== "" && argument !== TUPLE) {
      const text = callee === TUPLE ? "()" : callee === ELLIPSIS ? "Ellipsis" : callee === COMPLEX ? "complex" : repr(callee);
      fail("type_error", text + " argument after " + stars + " must be " + (stars === "*" ? "an iterable" : "a mapping") + ", not " + nameOf(argument));
    }

    return fail("type_error", "'" + nameOf(callee) + "' object is not callable");
  }

  function unary(sign, value) {
    if (!isNumber(value)) {
      return value === COMPLEX ? value : fail("type_error", "bad operand type for unary " + sign + ": '" + value.type + "'");
    }

    return sign === "-" ? functions.negative(value) : value;
  }

  function binary(sign, a, b) {
    if (isNumber(a) && isNumber(b)) {
      return calculated(sign, a, b);
    }

    if (sign === "+" && a === TUPLE) {
      return b === TUPLE ? TUPLE : fail("type_error", "can only concatenate tuple (not \"" + nameOf(b) + "\") to tuple");
    }

    if (sign === "*" && (a === TUPLE || b === TUPLE)) {
      const times = a === TUPLE ? b : a;
      return isNumber(times) && !isFloating(times) ? TUPLE : fail("type_error", "can't multiply sequence by non-int of type '" + nameOf(times) + "'");
    }

    if ((a === COMPLEX || isNumber(a)) && (b === COMPLEX || isNumber(b)) && sign !== "//") {
      return COMPLEX;
    }

    return fail("type_error", "unsupported operand type(s) for " + (sign === "**" ? "** or pow()" : sign) + ": '" + nameOf(a) + "' and '" + nameOf(b) + "'");
  }

  function calculated(sign, a, b) {
    const whole = !isFloating(a) && !isFloating(b);
    const x = numeric(a);
    const y = numeric(b);
    switch (sign) {
      case "+": return functions.add(a, whole ? b : exactly(a, b));
      case "-": return functions.subtract(a, whole ? b : exactly(a, b));
      case "*": return bits(x) + bits(y) > MAX_BITS && whole ? tooLarge() : functions.multiply(a, whole ? b : exactly(a, b));
      case "/": return whole ? quotient(BigInt(x), BigInt(y)) : divided(toFloat(a), toFloat(b));
      case "//": return whole ? floorOf(BigInt(x), BigInt(y)) : floored(toFloat(a), toFloat(b));
      default: return whole && !(y < 0) ? power(x, y) : floatPower(toFloat(a), toFloat(b), whole);
    }
  }

  function exactly(a, b) {
    toFloat(a);
    toFloat(b);
    return b;
  }

  /** float(value). */
  function toFloat(value) {
    const number = Number(numeric(value));
    return Number.isFinite(number) || isFloating(value) ? number : fail("overflow_error", "int too large to convert to float");
  }

  function tooLarge() {
    return fail("overflow_error", "the result has too many digits");
  }

  const bits = (value) => (typeof value === "bigint" ? (value < 0n ? -value : value).toString(16).length * 4 : 53);

  /** int / int: the float nearest to the exact quotient. */
  function quotient(a, b) {
    if (b === 0n) {
      fail("zero_division_error", "division by zero");
    }

    if (a === 0n) {
      return float(0);
    }

    const x = a < 0n ? -a : a;
    const y = b < 0n ? -b : b;
    // 66 bits of the quotient, the last one set if anything follows, round as the exact value does.
    const shift = 66 - (x.toString(2).length - y.toString(2).length);
    const scaled = shift >= 0 ? x << BigInt(shift) : x;
    const divisor = shift >= 0 ? y : y << BigInt(-shift);
    const rest = scaled % divisor === 0n ? 0n : 1n;
    const result = scaledBy(Number((scaled / divisor) | rest), -shift);
    if (!Number.isFinite(result)) {
      fail("overflow_error", "integer division result too large for a float");
    }

    return float((a < 0n) === (b < 0n) ? result : -result);
  }

  /** value * 2 ** exponent, also where the power alone is out of range. */
  function scaledBy(value, exponent) {
    const half = Math.trunc(exponent / 2);
    return value * 2 ** half * 2 ** (exponent - half);
  }

  function divided(x, y) {
    return y === 0 ? fail("zero_division_error", "float division by zero") : float(x / y);
  }

  function floorOf(a, b) {
    if (b === 0n) {
      fail("zero_division_error", "integer division or modulo by zero");
    }

    return int(a / b - (a % b !== 0n && (a < 0n) !== (b < 0n) ? 1n : 0n));
  }

  function floored(x, y) {
    if (y === 0) {
      fail("zero_division_error", "float floor division by zero");
    }

    // As CPython does it: the remainder first.
    let rest = x % y;
    let quotient = (x - rest) / y;
    if (rest !== 0 && (y < 0) !== (rest < 0)) {
      rest += y;
      quotient -= 1;
    }

    const floor = Math.floor(quotient);
    return float(quotient === 0 ? (x / y < 0 || Object.is(x / y, -0) ? -0 : 0) : quotient - floor > 0.5 ? floor + 1 : floor);
  }

  function power(x, y) {
    return bits(x) * Number(y) > MAX_BITS && !(x >= -1 && x <= 1) && exactBits(x) * Number(y) > MAX_BITS ? tooLarge() : int(BigInt(x) ** BigInt(y));
  }

  const exactBits = (value) => BigInt(value < 0 ? -value : value).toString(2).length;

  function floatPower(x, y, whole) {
    if (x === 0 && y < 0) {
      fail("zero_division_error", "0.0 cannot be raised to a negative power");
    }

    if (x < 0 && !Number.isInteger(y) && !whole) {
      return COMPLEX;
    }

    const result = x ** y;
    return Number.isFinite(result) || !Number.isFinite(x) || !Number.isFinite(y) ? float(result) : fail("overflow_error", "(34, 'Numerical result out of range')");
  }

  // ---- the calculator ------------------------------------------------------------------------------------------------------------------------

  function evaluate(text) {
    const { tokens, fault, open } = tokensOf(text);
    if (tokens.length === 0) {
      const empty = new Fault("invalid syntax");
      empty.message = "invalid syntax (<string>, line 0)";
      throw empty;
    }

    let tree;
    try {
      tree = parserOf(tokens)();
    } catch (thrown) {
      // Python reads the rest of the text before it settles for the plain complaint.
      throw fault ?? (open && thrown instanceof Fault && thrown.message.startsWith("invalid syntax (") ? new Fault("'(' was never closed") : thrown);
    }

    if (fault !== null) {
      throw fault;
    }

    return tree();
  }

  /** str(round(float(eval(expression)), 2)) of an expression in the admitted characters. */
  function calculate(expression) {
    if (typeof expression !== "string" || !ADMITTED.test(expression)) {
      for (const part of functions.iterate(expression)) {
        if (!functions.has(ALPHABET, part)) {
          fail("invalid_expression", "invalid characters in expression");
        }
      }
    }

    if (typeof expression !== "string") {
      fail("type_error", "eval() arg 1 must be a string, bytes or code object");
    }

    let value;
    try {
      value = evaluate(expression);
    } catch (thrown) {
      throw thrown instanceof Fault ? fail("syntax_error", thrown.message) : thrown;
    }

    if (!isNumber(value)) {
      fail("type_error", "float() argument must be a string or a real number, not '" + value.type + "'");
    }

    return functions.str(functions.round(float(toFloat(value)), 2));
  }

  return { calculate };
})
