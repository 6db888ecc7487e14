// The inside of the sandbox. Evaluated once per isolate, before any program; its value is the host's one entry:
// the function call with the functions adopt, install, load and add as its properties.
// The host owns the state; what is kept here is a cache of it, checked by version. Everything crosses as text; no host object ever comes in.
(function () {
  "use strict";

  const DEAD = "the db handle is dead: it lives only during the call that received it";
  const MAX_DEPTH = 64;
  const TOO_DEEP = "a row is nested deeper than " + MAX_DEPTH;
  const MAX_RESULT = 262144;
  const MAX_CODE = 64;
  const MAX_MESSAGE = 2000;
  const MAX_LENGTH = 1000000;
  const MAX_TEXT = 10000000;
  const SEPARATOR = "\u0001";

  // ---- taking intrinsics away, before anything is captured -------------------------------------------------------------------------------

  const globals = globalThis;
  const apply = Reflect.apply;
  const ownKeys = Reflect.ownKeys;
  const descriptorOf = Object.getOwnPropertyDescriptor;
  const define = Object.defineProperty;
  const getPrototype = Object.getPrototypeOf;
  const setPrototype = Object.setPrototypeOf;
  const freeze = Object.freeze;
  const keysOf = Object.keys;
  const hasOwn = Object.hasOwn;
  const isArray = Array.isArray;
  const isFinite = Number.isFinite;
  const isInteger = Number.isInteger;
  const isSafeInteger = Number.isSafeInteger;
  const parse = JSON.parse;
  const stringify = JSON.stringify;
  const ObjectPrototype = Object.prototype;

  function compareText(a, b) {
    if (a === b) {
      return 0;
    }

    const length = a.length < b.length ? a.length : b.length;
    for (let i = 0; i < length; i++) {
      const x = a.charCodeAt(i);
      const y = b.charCodeAt(i);
      if (x !== y) {
        const highX = (x & 0xf800) === 0xd800;
        const highY = (y & 0xf800) === 0xd800;
        return highX === highY ? (x < y ? -1 : 1) : (highX ? 1 : -1);
      }
    }

    return a.length < b.length ? -1 : 1;
  }

  /** Our own tables keep the methods as they were: programs get bounded ones. */
  class Table extends Map {}
  class Keys extends Set {}
  define(Table.prototype, "set", { value: Map.prototype.set });
  define(Keys.prototype, "add", { value: Set.prototype.add });

  function tableOf() {
    return new Table();
  }

  function keySet() {
    return new Keys();
  }

  const lowerCase = String.prototype.toLowerCase;

  function harden() {
    function replace(target, name, value) {
      define(target, name, { value, writable: true, enumerable: false, configurable: true });
    }

    const refuse = function () {
      throw new TypeError("code from text is switched off");
    };
    const hidden = [
      function () {}, function* () {}, async function () {}, async function* () {}, [][Symbol.iterator](), new Map()[Symbol.iterator](),
      new Set()[Symbol.iterator](), ""[Symbol.iterator](), "".matchAll(/a/g), [].values().map((x) => x), Iterator.from({ next() {} }),
      (function* () {})(), Promise.resolve(),
    ];
    for (const sample of hidden.slice(0, 4)) {
      replace(getPrototype(sample), "constructor", refuse);
    }

    // Locale-dependent text and time-dependent values, replaced by what depends on the value alone.
    replace(String.prototype, "localeCompare", function localeCompare(other) { return compareText(String(this), String(other)); });
    replace(String.prototype, "toLocaleLowerCase", function toLocaleLowerCase() { return String(this).toLowerCase(); });
    replace(String.prototype, "toLocaleUpperCase", function toLocaleUpperCase() { return String(this).toUpperCase(); });
    for (const type of [Object, Array, Number, BigInt]) {
      replace(type.prototype, "toLocaleString", function toLocaleString() { return String(this); });
    }

    delete Math.random;
    for (const name of ["input", "$_", "lastMatch", "$&", "lastParen", "$+", "leftContext", "$`", "rightContext", "$'",
      "$1", "$2", "$3", "$4", "$5", "$6", "$7", "$8", "$9"]) {
      delete RegExp[name];
    }

    delete RegExp.prototype.compile;
    delete Error.captureStackTrace;
    delete Array.fromAsync;
    Error.stackTraceLimit = 0;

    // One native call over something huge can't be interrupted, and may end the process, so it doesn't begin.
    function bound(target, name, lengthOf, limit) {
      const original = target[name];
      if (typeof original !== "function") {
        return;
      }

      replace(target, name, { [name](...args) {
        if (lengthOf(this, args) > limit) {
          throw new RangeError(name + ": longer than " + limit);
        }

        return apply(original, this, args);
      } }[name]);
    }

    const lengthOf = (value) => (typeof value === "string" || (typeof value === "object" && value !== null) ? value.length : 0);
    const ownLength = (self) => lengthOf(self);
    const firstLength = (self, args) => lengthOf(args[0]);
    for (const name of ["fill", "indexOf", "lastIndexOf", "includes", "reverse", "toReversed", "join", "toString", "sort", "toSorted", "slice",
      "splice", "toSpliced", "shift", "unshift", "concat", "copyWithin", "flat", "with", "forEach", "map", "filter", "find", "findIndex", "findLast",
      "findLastIndex", "some", "every", "reduce", "reduceRight", "flatMap", "values", "keys", "entries"]) {
      bound(Array.prototype, name, ownLength, MAX_LENGTH);
    }

    for (const name of ["split", "replace", "replaceAll", "match", "matchAll", "normalize", "toLowerCase", "toUpperCase"]) {
      bound(String.prototype, name, ownLength, MAX_TEXT);
    }

    for (const name of ["keys", "values", "entries", "assign", "getOwnPropertyNames", "getOwnPropertyDescriptors", "freeze", "seal"]) {
      bound(Object, name, firstLength, MAX_TEXT);
    }

    bound(Array, "from", firstLength, MAX_LENGTH);
    bound(JSON, "parse", firstLength, MAX_TEXT);
    bound(String, "raw", (self, args) => lengthOf(args[0]?.raw), MAX_LENGTH);
    bound(String.prototype, "repeat", (self, args) => String(self).length * Number(args[0]), MAX_TEXT);
    bound(String.prototype, "padStart", (self, args) => Number(args[0]), MAX_TEXT);
    bound(String.prototype, "padEnd", (self, args) => Number(args[0]), MAX_TEXT);

    // A table that has to grow beyond 2^24 entries ends the process, whatever the heap's limit.
    const sizeOfMap = descriptorOf(Map.prototype, "size").get;
    const sizeOfSet = descriptorOf(Set.prototype, "size").get;
    bound(Map.prototype, "set", (self) => apply(sizeOfMap, self, []), MAX_LENGTH);
    bound(Set.prototype, "add", (self) => apply(sizeOfSet, self, []), MAX_LENGTH);

    // What a program may name; the check of its syntax tree admits no other free name.
    const allowed = ["Array", "Boolean", "Error", "EvalError", "Infinity", "JSON", "Map", "Math", "NaN", "Number", "Object", "RangeError",
      "ReferenceError", "RegExp", "Set", "String", "SyntaxError", "TypeError", "URIError", "isFinite", "isNaN", "parseFloat", "parseInt", "undefined"];
    // Unreachable by name, reachable through values: frozen all the same.
    const reachable = [BigInt, Symbol, Iterator, Promise, WeakMap, WeakSet, ArrayBuffer, Uint8Array, Proxy, AggregateError, Reflect];
    const names = Object.getOwnPropertyNames(globals);
    for (const name of names) {
      if (!allowed.includes(name)) {
        // ClearScript pins an object of its own; no program can name it.
        if (descriptorOf(globals, name).configurable) {
          delete globals[name];
        }
      }
    }

    const seen = new Set();
    (function walk(value) {
      if ((typeof value !== "object" && typeof value !== "function") || value === null || seen.has(value)) {
        return;
      }

      seen.add(value);
      walk(getPrototype(value));
      for (const key of ownKeys(value)) {
        const property = descriptorOf(value, key);
        walk(property.value);
        walk(property.get);
        walk(property.set);
      }

      if (value !== globals) {
        freeze(value);
      }
    })([...hidden, ...reachable, refuse, ...allowed.map((name) => globals[name])]);
    freeze(globals);
  }

  // ---- values: what may be stored and what may be returned -------------------------------------------------------------------------------

  /** A constructor that gives its argument, so that a class built on it puts its private field on an object that exists already. */
  function Existing(object) {
    return object;
  }

  /** The mark of a row that was frozen here; it holds the row's text once that was needed. Much cheaper than a WeakMap. */
  class Stored extends Existing {
    #text = "";
    #canonical;

    constructor(row, canonical) {
      super(row);
      this.#canonical = canonical;
    }

    static is(value) {
      return #text in value;
    }

    static text(row) {
      return row.#text === "" ? (row.#text = stringify(row)) : row.#text;
    }

    /** Whether the row's text is canonical as it stands, so that the host need not write it anew. */
    static canonical(row) {
      return (row.#canonical ??= isCanonical(row));
    }
  }

  const isStored = Stored.is;

  /** Marks and freezes a row whose parts are frozen and whose keys are sorted. */
  function seal(row, canonical) {
    new Stored(row, canonical);
    return freeze(row);
  }

  /** Whether JSON.stringify writes a value of sorted keys as the canonical form does: no numbers with exponents, no keys that move to the front. */
  function isCanonical(value) {
    if (typeof value === "number") {
      return isCanonicalNumber(value);
    }

    if (typeof value === "object" && value !== null) {
      for (const key in value) {
        if ((!isArray(value) && startsWithDigit(key)) || !isCanonical(value[key])) {
          return false;
        }
      }
    }

    return true;
  }

  function isCanonicalNumber(value) {
    const size = Math.abs(value);
    return isInteger(value) ? size < 1e21 : size >= 1e-4;
  }

  function startsWithDigit(key) {
    const first = key.charCodeAt(0);
    return first >= 48 && first <= 57;
  }

  function sortedKeys(value) {
    const keys = keysOf(value);
    for (let i = 1; i < keys.length; i++) {
      if (compareText(keys[i - 1], keys[i]) > 0) {
        return keys.sort(compareText);
      }
    }

    return keys;
  }

  function put(target, key, value) {
    if (key === "__proto__") {
      define(target, key, { value, writable: true, enumerable: true, configurable: true });
    } else {
      target[key] = value;
    }
  }

  function isPlain(value) {
    const prototype = getPrototype(value);
    return prototype === ObjectPrototype || prototype === null;
  }

  function describe(value) {
    switch (typeof value) {
      case "object": return "an object of another kind than {} or []";
      case "number": return "the number " + value;
      default: return "a " + typeof value;
    }
  }

  /** A frozen copy with sorted keys: the one form in which values are stored, so it makes no difference whether the host sent it back. */
  function store(value, depth) {
    switch (typeof value) {
      case "string":
      case "boolean":
        return value;
      case "number":
        if (isFinite(value)) {
          return value === 0 ? 0 : value;
        }

        break;
      case "object":
        if (value === null || (depth === 0 && isStored(value))) {
          return value;
        }

        if (depth >= MAX_DEPTH) {
          throw new TypeError(TOO_DEEP);
        }

        if (isArray(value)) {
          const copy = [];
          for (let i = 0; i < value.length; i++) {
            const item = value[i];
            copy.push(item === undefined ? null : store(item, depth + 1));
          }

          return freeze(copy);
        }

        if (isPlain(value)) {
          const copy = {};
          for (const key of sortedKeys(value)) {
            const item = value[key];
            if (item !== undefined) {
              put(copy, key, store(item, depth + 1));
            }
          }

          return depth === 0 ? seal(copy, undefined) : freeze(copy);
        }

        break;
    }

    throw new TypeError("a row can hold JSON values only, not " + describe(value));
  }

  /** Freezes the parts of what JSON.parse gave for a text of the host's, whose keys are sorted already. */
  function freezeParts(value) {
    for (const key in value) {
      const part = value[key];
      if (typeof part === "object" && part !== null) {
        freezeParts(part);
        freeze(part);
      }
    }
  }

  function rowOf(text) {
    const row = parse(text);
    freezeParts(row);
    return seal(row, undefined);
  }

  /** Throws unless a value is JSON as it stands. */
  function checkResult(value, depth) {
    switch (typeof value) {
      case "string":
      case "boolean":
      case "undefined":
        return;
      case "number":
        if (isFinite(value)) {
          return;
        }

        break;
      case "object":
        if (value === null || (depth === 0 && isStored(value))) {
          return;
        }

        if (depth >= MAX_DEPTH) {
          throw new TypeError("the result is nested deeper than " + MAX_DEPTH);
        }

        if (isArray(value)) {
          for (let i = 0; i < value.length; i++) {
            checkResult(value[i], depth + 1);
          }

          return;
        }

        if (isPlain(value)) {
          const keys = keysOf(value);
          for (let i = 0; i < keys.length; i++) {
            checkResult(value[keys[i]], depth + 1);
          }

          return;
        }

        break;
    }

    throw new TypeError("the result can hold JSON values only, not " + describe(value));
  }

  function resultText(value) {
    if (value === undefined) {
      return "null";
    }

    checkResult(value, 0);
    const text = typeof value === "object" && value !== null && isStored(value) ? Stored.text(value) : stringify(value);
    if (text.length > MAX_RESULT) {
      throw new RangeError("the result is longer than " + MAX_RESULT + " characters");
    }

    return text;
  }

  /** How values are kept and written (and read, where that makes a difference): JSON's own way, or that of a package whose programs follow Python's rules. */
  let values = freeze({ rowOf, store, seal, textOf: Stored.text, hasCanonicalText: Stored.canonical, isCanonical, text: stringify, resultText });
  let python;

  /** Takes the rules of Json/python-*.js; before any program runs. */
  function adopt(valuesOf, functionsOf, calculatorOf) {
    const runtime = {
      Existing, ToolError, compareText, freeze, hasOwn, keysOf, isArray, isPlain, put, parse, stringify, tableOf, lowerCase, apply, maximumDepth: MAX_DEPTH, maximumResult: MAX_RESULT,
    };
    const own = valuesOf(runtime);
    const shared = functionsOf(own, runtime);
    python = { ...shared.functions, ...calculatorOf(own, shared) };
    for (const name of keysOf(python)) {
      freeze(python[name]);
    }

    freeze(python);
    values = own.model;
  }

  // ---- the package: base rows, sent once -------------------------------------------------------------------------------------------------

  /** One stored row; its text is parsed when it is first read. */
  class Entry {
    constructor(text, row) {
      this.text = text;
      this.row = row;
    }

    read() {
      return this.row ?? (this.row = values.rowOf(this.text));
    }
  }

  let collections = [];
  const programs = [];
  let Db = null;
  let now = "";
  let keepOnError = false;
  let inGivenOrder = false;

  // ---- sessions: a cache of the host's overlays ------------------------------------------------------------------------------------------

  /**
   * The sessions known here, in slots of fixed arrays; the least recently used one makes room. Not in a Map: each table it outgrows would hold on to its
   * sessions until the next full collection, and half of the garbage would survive.
   */
  const slots = { numbers: [], uses: [], sessions: [], last: 0, clock: 0 };

  class Session {
    constructor(version) {
      this.version = version;
      this.overlays = [];
      for (let i = 0; i < collections.length; i++) {
        this.overlays.push(null);
      }
    }
  }

  class Overlay {
    constructor() {
      /** Key to Entry, or to null where the row is deleted. */
      this.rows = tableOf();
      /** All keys of the collection in order, or null when it must be made again. */
      this.keys = null;
    }
  }

  /** The session of that number, or undefined. */
  function recall(number) {
    const { numbers, uses, sessions } = slots;
    let at = slots.last;
    if (numbers[at] !== number) {
      for (at = 0; at < numbers.length && numbers[at] !== number; at++) {
        // Looks on.
      }

      if (at === numbers.length) {
        return undefined;
      }

      slots.last = at;
    }

    uses[at] = ++slots.clock;
    return sessions[at];
  }

  function remember(number, session) {
    const { numbers, uses, sessions } = slots;
    let at = 0;
    for (let i = 0; i < numbers.length; i++) {
      if (numbers[i] === number) {
        at = i;
        break;
      }

      at = uses[i] < uses[at] ? i : at;
    }

    numbers[at] = number;
    uses[at] = ++slots.clock;
    sessions[at] = session;
    slots.last = at;
  }

  // ---- one call --------------------------------------------------------------------------------------------------------------------------

  class Call {
    constructor(session, ids) {
      this.live = true;
      this.session = session;
      this.ids = ids;
      this.needsIds = false;
      /** What was there before each write, in order. */
      this.undo = null;
      this.ordinals = null;
      this.issued = null;
      this.handles = null;
    }
  }

  function entryOf(session, index, key) {
    const overlay = session.overlays[index];
    if (overlay !== null) {
      const entry = overlay.rows.get(key);
      if (entry !== undefined) {
        return entry;
      }
    }

    return collections[index].base.get(key);
  }

  /** The entry of the i-th of the keys that keysIn gave. */
  function entryAt(session, index, keys, i) {
    const { keys: base, entries } = collections[index];
    const overlay = session.overlays[index];
    return keys !== base ? entryOf(session, index, keys[i]) : overlay === null ? entries[i] : overlay.rows.get(keys[i]) ?? entries[i];
  }

  function keysIn(session, index) {
    const overlay = session.overlays[index];
    const base = collections[index].keys;
    if (overlay === null) {
      return base;
    }

    if (overlay.keys === null) {
      const added = [];
      let deleted = false;
      for (const [key, entry] of overlay.rows) {
        if (entry === null) {
          deleted = true;
        } else if (!collections[index].base.has(key)) {
          added.push(key);
        }
      }

      const kept = deleted ? base.filter((key) => overlay.rows.get(key) !== null) : base;
      added.sort(compareText);
      if (added.length === 0) {
        overlay.keys = kept;
      } else if (inGivenOrder) {
        overlay.keys = [...kept, ...added];
      } else {
        const merged = [];
        let next = 0;
        for (let i = 0; i < kept.length; i++) {
          while (next < added.length && compareText(added[next], kept[i]) < 0) {
            merged.push(added[next++]);
          }

          merged.push(kept[i]);
        }

        while (next < added.length) {
          merged.push(added[next++]);
        }

        overlay.keys = merged;
      }
    }

    return overlay.keys;
  }

  // ---- finding rows by the value of a field ------------------------------------------------------------------------------------------------

  const NONE = freeze([]);

  const isIndexable = (value) => typeof value === "string" || typeof value === "boolean" || typeof value === "number" || value === null;

  function fieldOf(row, name) {
    return hasOwn(row, name) ? row[name] : undefined;
  }

  function testOf(name, wanted) {
    if (typeof wanted !== "object" || wanted === null) {
      return (row) => fieldOf(row, name) === wanted;
    }

    const text = values.text(values.store(wanted, 1));
    return (row) => {
      const value = fieldOf(row, name);
      return value !== undefined && values.text(value) === text;
    };
  }

  /**
   * What an index is made over: its name among the collection's indexes, and the value it finds in a row, that of a field inside of objects, with fold
   * "lower" its text in lower case.
   */
  function over(path, fold) {
    return {
      name: fold + stringify(path),
      of(row) {
        let value = row;
        for (let i = 0; i < path.length; i++) {
          value = typeof value === "object" && value !== null ? fieldOf(value, path[i]) : undefined;
        }

        return fold === "" ? value : typeof value === "string" ? apply(lowerCase, value, NONE) : undefined;
      },
    };
  }

  /** Value to the keys of the base rows that have it, in order; made when first asked for and good for ever, as base rows are. */
  function indexOf({ keys, base, indexes }, { name, of }) {
    let index = indexes.get(name);
    if (index === undefined) {
      index = tableOf();
      for (let i = 0; i < keys.length; i++) {
        const value = of(base.get(keys[i]).read());
        if (isIndexable(value)) {
          const found = index.get(value);
          if (found === undefined) {
            index.set(value, [keys[i]]);
          } else {
            found.push(keys[i]);
          }
        }
      }

      indexes.set(name, index);
    }

    return index;
  }

  /** The keys of the rows that have a value, in order: those of the index, and those of the changed rows. */
  function keysWith(session, index, wanted, value) {
    const found = indexOf(collections[index], wanted).get(value) ?? NONE;
    const overlay = session.overlays[index];
    if (overlay === null) {
      return found;
    }

    const keys = found.filter((key) => !overlay.rows.has(key));
    let changed = false;
    for (const [key, entry] of overlay.rows) {
      if (entry !== null && wanted.of(entry.read()) === value) {
        keys.push(key);
        changed = true;
      }
    }

    if (!changed || keys.length === 1) {
      return keys;
    }

    if (!inGivenOrder) {
      return keys.sort(compareText);
    }

    const all = keySet();
    keys.forEach((key) => all.add(key));
    return keysIn(session, index).filter((key) => all.has(key));
  }

  function write(call, index, key, entry) {
    const session = call.session;
    const overlay = session.overlays[index] ?? (session.overlays[index] = new Overlay());
    const had = overlay.rows.has(key);
    const before = had ? overlay.rows.get(key) : undefined;
    (call.undo ??= []).push({ index, key, before });
    const existed = (before === undefined ? collections[index].base.get(key) : before) ?? null;
    overlay.rows.set(key, entry);
    if ((existed === null) !== (entry === null)) {
      overlay.keys = null;
    }
  }

  function rollBack(call) {
    const undo = call.undo;
    if (undo === null) {
      return;
    }

    for (let i = undo.length - 1; i >= 0; i--) {
      const { index, key, before } = undo[i];
      const overlay = call.session.overlays[index];
      if (before === undefined) {
        overlay.rows.delete(key);
      } else {
        overlay.rows.set(key, before);
      }

      overlay.keys = null;
    }
  }

  /**
   * The changed rows as text parts, each changed row once: collection (c: the text is canonical), key, text (empty: deleted; =: the very result).
   * Empty if nothing differs.
   */
  function changesOf(call, result) {
    const undo = call.undo;
    if (undo === null) {
      return "";
    }

    if (undo.length === 1) {
      return changeText(call, undo[0], result);
    }

    let text = "";
    const seen = tableOf();
    for (let i = 0; i < undo.length; i++) {
      const { index, key } = undo[i];
      let keys = seen.get(index);
      if (keys === undefined) {
        seen.set(index, keys = keySet());
      } else if (keys.has(key)) {
        continue;
      }

      keys.add(key);
      text += changeText(call, undo[i], result);
    }

    return text;
  }

  function changeText(call, { index, key, before }, result) {
    const first = (before === undefined ? collections[index].base.get(key) : before) ?? null;
    const last = call.session.overlays[index].rows.get(key);
    if (last === null ? first === null : first !== null && first.text === last.text) {
      return "";
    }

    if (last === null) {
      return SEPARATOR + index + SEPARATOR + stringify(key) + SEPARATOR;
    }

    return SEPARATOR + index + (values.hasCanonicalText(last.row) ? "c" : "") + SEPARATOR + stringify(key) + SEPARATOR + (last.text === result ? "=" : last.text);
  }

  function keyText(value) {
    return typeof value === "string" ? value : typeof value === "number" && isSafeInteger(value) ? String(value) : null;
  }

  function requireLive(call) {
    if (!call.live) {
      throw new TypeError(DEAD);
    }
  }

  class Collection {
    #call;
    #index;
    #info;

    constructor(call, index) {
      this.#call = call;
      this.#index = index;
      this.#info = collections[index];
    }

    get(id) {
      requireLive(this.#call);
      const key = keyText(id);
      return key === null ? undefined : entryOf(this.#call.session, this.#index, key)?.read();
    }

    find(predicate) {
      const key = this.findKey(predicate);
      return key === undefined ? undefined : entryOf(this.#call.session, this.#index, key).read();
    }

    /** The key of the row that find would give; where rows don't hold their key. */
    findKey(predicate) {
      requireLive(this.#call);
      const session = this.#call.session;
      const keys = keysIn(session, this.#index);
      for (let i = 0; i < keys.length; i++) {
        if (predicate(entryAt(session, this.#index, keys, i).read())) {
          return keys[i];
        }
      }

      return undefined;
    }

    where(conditions) {
      requireLive(this.#call);
      const names = keysOf(conditions);
      const tests = names.map((name) => testOf(name, conditions[name]));
      const indexed = names.find((name) => isIndexable(conditions[name]));
      const keys = indexed === undefined ? keysIn(this.#call.session, this.#index) : keysWith(this.#call.session, this.#index, over([indexed], ""), conditions[indexed]);
      const rows = [];
      for (let i = 0; i < keys.length; i++) {
        const row = entryOf(this.#call.session, this.#index, keys[i]).read();
        if (tests.every((test) => test(row))) {
          rows.push(row);
        }
      }

      return rows;
    }

    /**
     * The keys of the rows whose field at the path (names from the row inwards) is the value, a text, number, boolean or null, in order; with fold "lower"
     * those whose text there in lower case is the value. Found by an index, not by looking at every row.
     */
    keysBy(path, value, fold) {
      requireLive(this.#call);
      if (!isArray(path) || path.length === 0 || path.length > MAX_DEPTH || !path.every((name) => typeof name === "string") || !isIndexable(value) || (fold !== undefined && fold !== "lower")) {
        throw new TypeError("keysBy of " + this.#info.name + ": expected a path of field names, a text, number, boolean or null, and perhaps the fold 'lower'");
      }

      return [...keysWith(this.#call.session, this.#index, over(path, fold ?? ""), value)];
    }

    all() {
      requireLive(this.#call);
      const session = this.#call.session;
      const keys = keysIn(session, this.#index);
      const rows = [];
      for (let i = 0; i < keys.length; i++) {
        rows.push(entryAt(session, this.#index, keys, i).read());
      }

      return rows;
    }

    count() {
      requireLive(this.#call);
      return keysIn(this.#call.session, this.#index).length;
    }

    insert(row, outsideKey) {
      requireLive(this.#call);
      const info = this.#info;
      if (typeof row !== "object" || row === null || isArray(row)) {
        throw new TypeError("insert into " + info.name + ": expected a row, an object");
      }

      const copy = values.store(row, 0);
      const key = keyText(info.outside ? outsideKey : copy[info.key]);
      if (key === null || key === "") {
        throw new TypeError("insert into " + info.name + ": the key " + (info.outside ? "given beside the row" : "field " + info.key) + " must be a text or an integer");
      }

      if (entryOf(this.#call.session, this.#index, key)) {
        throw new TypeError("insert into " + info.name + ": the key " + key + " exists already");
      }

      write(this.#call, this.#index, key, new Entry(values.textOf(copy), copy));
      return copy;
    }

    update(id, patch) {
      requireLive(this.#call);
      const info = this.#info;
      const key = keyText(id);
      const entry = key === null ? undefined : entryOf(this.#call.session, this.#index, key);
      if (!entry) {
        throw new TypeError("update of " + info.name + ": no row has the key " + String(id));
      }

      if (typeof patch !== "object" || patch === null || isArray(patch)) {
        throw new TypeError("update of " + info.name + ": expected the changed fields, an object");
      }

      const row = entry.read();
      let next = { ...row };
      let grown = false;
      let changed = false;
      let canonical = values.hasCanonicalText(row);
      for (const name of keysOf(patch)) {
        if (patch[name] !== undefined) {
          const value = values.store(patch[name], 1);
          grown ||= !hasOwn(next, name);
          changed ||= next[name] !== value;
          canonical &&= values.isCanonical(value);
          put(next, name, value);
        }
      }

      if (!info.outside && keyText(next[info.key]) !== key) {
        throw new TypeError("update of " + info.name + ": the key field " + info.key + " can't change");
      }

      if (!changed) {
        return row;
      }

      if (grown) {
        next = values.store(next, 0);
      } else {
        values.seal(next, canonical);
      }

      write(this.#call, this.#index, key, new Entry(values.textOf(next), next));
      return next;
    }

    delete(id) {
      requireLive(this.#call);
      const key = keyText(id);
      if (key === null || !entryOf(this.#call.session, this.#index, key)) {
        return false;
      }

      write(this.#call, this.#index, key, null);
      return true;
    }
  }

  // ---- env -------------------------------------------------------------------------------------------------------------------------------

  /** An Error by its prototype alone: the constructor of Error walks the stack, which costs more than most calls. */
  class ToolError {
    #code;
    #message;

    constructor(code, message) {
      this.#code = code;
      this.#message = message;
      freeze(this);
    }

    get message() {
      return this.#message;
    }

    static codeOf(value) {
      return #code in value ? value.#code : null;
    }
  }

  setPrototype(ToolError.prototype, Error.prototype);

  class Env {
    #call;

    constructor(call) {
      this.#call = call;
    }

    get now() {
      return now;
    }

    /** Python's operators and functions; only in packages whose programs follow Python's rules. */
    get python() {
      return python;
    }

    newId(collection) {
      const call = this.#call;
      requireLive(call);
      const index = collections.findIndex((info) => info.name === collection);
      if (index < 0) {
        throw new TypeError("newId: there is no collection " + String(collection));
      }

      if (call.ids === "") {
        call.needsIds = true;
        throw new TypeError("newId: the call starts again with ids");
      }

      return newId(call, index);
    }

    error(code, message) {
      return new ToolError(String(code), String(message));
    }

    contains(text, part) {
      return text !== null && text !== undefined && String(text).toLowerCase().includes(String(part).toLowerCase());
    }

    compare(a, b) {
      if (typeof a === "number" && typeof b === "number") {
        return a === b ? 0 : a < b ? -1 : 1;
      }

      if (typeof a === "string" && typeof b === "string") {
        return compareText(a, b);
      }

      return rank(a) - rank(b) || compareText(String(a), String(b));
    }
  }

  function rank(value) {
    return value === undefined || value === null ? 0 : typeof value === "boolean" ? 1 : typeof value === "number" ? 2 : 3;
  }

  /** ids is "<64 hex>" (of seed and canonical arguments), then " <collection>:<how often committed before>" for those above 0. */
  function newId(call, index) {
    const info = collections[index];
    call.ordinals ??= collections.map(() => 0);
    call.issued ??= new Set();
    const ordinal = call.ordinals[index]++;
    const mark = " " + index + ":";
    const at = call.ids.indexOf(mark);
    const count = at < 0 ? 0 : parseInt(call.ids.slice(at + mark.length), 10);
    for (let attempt = 0; ; attempt++) {
      const hash = sha256(call.ids.slice(0, 64) + "/" + info.name + "/" + ordinal + "/" + count + "/" + attempt);
      const id = info.form === "integer" ? 1 + (((hash[0] & 0x1fffff) * 0x100000000 + hash[1]) % 999999999)
        : info.form === "uuid" ? uuid(hash)
        : info.prefix + hex(hash[0]) + hex(hash[1]).slice(0, 2);
      const key = String(id);
      const taken = index + ":" + key;
      if (!entryOf(call.session, index, key) && !call.issued.has(taken)) {
        call.issued.add(taken);
        return id;
      }
    }
  }

  /** A UUID of version 4 in form. */
  function uuid(hash) {
    const digits = hex(hash[0]) + hex(hash[1]) + hex(hash[2]) + hex(hash[3]);
    return digits.slice(0, 8) + "-" + digits.slice(8, 12) + "-4" + digits.slice(13, 16) + "-a" + digits.slice(17, 20) + "-" + digits.slice(20);
  }

  function hex(word) {
    return word.toString(16).padStart(8, "0");
  }

  const ROUND = [];
  const START = [];

  /** SHA-256 (FIPS 180-4) of ASCII text, as eight words. */
  function sha256(text) {
    if (ROUND.length === 0) {
      const fraction = (root) => ((root - Math.floor(root)) * 0x100000000) | 0;
      for (let n = 2; ROUND.length < 64; n++) {
        let prime = true;
        for (let d = 2; d * d <= n; d++) {
          prime &&= n % d !== 0;
        }

        if (prime) {
          if (START.length < 8) {
            START.push(fraction(Math.sqrt(n)));
          }

          ROUND.push(fraction(Math.cbrt(n)));
        }
      }
    }

    const words = [];
    const blocks = ((text.length + 8) >> 6) + 1;
    for (let i = 0; i < blocks * 16; i++) {
      words.push(0);
    }

    for (let i = 0; i < text.length; i++) {
      words[i >> 2] |= text.charCodeAt(i) << (24 - (i & 3) * 8);
    }

    words[text.length >> 2] |= 0x80 << (24 - (text.length & 3) * 8);
    words[blocks * 16 - 1] = text.length * 8;
    const state = [...START];
    const w = [];
    for (let block = 0; block < blocks; block++) {
      let [a, b, c, d, e, f, g, h] = state;
      for (let i = 0; i < 64; i++) {
        if (i < 16) {
          w[i] = words[block * 16 + i];
        } else {
          const x = w[i - 15];
          const y = w[i - 2];
          const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
          const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
          w[i] = (w[i - 16] + s0 + w[i - 7] + s1) | 0;
        }

        const t1 = (h + (((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7))) + ((e & f) ^ (~e & g)) + ROUND[i] + w[i]) | 0;
        const t2 = ((((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10))) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        h = g;
        g = f;
        f = e;
        e = (d + t1) | 0;
        d = c;
        c = b;
        b = a;
        a = (t1 + t2) | 0;
      }

      [a, b, c, d, e, f, g, h].forEach((word, i) => {
        state[i] = (state[i] + word) | 0;
      });
    }

    return state.map((word) => word >>> 0);
  }

  // ---- the host's entry ------------------------------------------------------------------------------------------------------------------

  function failure(thrown) {
    let code = "program_error";
    let message;
    try {
      const own = typeof thrown === "object" && thrown !== null ? ToolError.codeOf(thrown) : null;
      if (own !== null) {
        code = own;
        message = thrown.message;
      } else {
        message = thrown instanceof Error ? thrown.name + ": " + thrown.message : "thrown: " + String(thrown);
      }
    } catch {
      message = "thrown: a value without text";
    }

    // It stands bare in the answer, so it must not hold what separates its parts.
    code = code.slice(0, MAX_CODE).replace(/[^\w.-]/g, "_");
    return stringify({ error: { code, message: String(message).slice(0, MAX_MESSAGE) } }) + SEPARATOR + code;
  }

  function issuedIn(call) {
    return call.ordinals === null ? "" : call.ordinals.map((count, index) => (count > 0 ? index : -1)).filter((index) => index >= 0).join(",");
  }

  const isOverflow = (thrown) => thrown instanceof RangeError
    && (thrown.message === "Maximum call stack size exceeded" || thrown.message === "Array buffer allocation failed");

  /**
   * One call. request: tool, session and version as numbers of 15 bits a character (1, 3 and 3 characters), one character for the length of ids, one for
   * how the arguments are read (P: Python's way makes a difference), ids, arguments. Answers: M (overlay missing: load it), I (call again with ids), S (stack used up), R result, W result + ids + changes, E error +
   * code, F error + code + ids + changes (kept).
   */
  function call(request) {
    const tool = request.charCodeAt(0) - 32;
    const number = ((request.charCodeAt(1) - 32) * 32768 + (request.charCodeAt(2) - 32)) * 32768 + request.charCodeAt(3) - 32;
    const version = ((request.charCodeAt(4) - 32) * 32768 + (request.charCodeAt(5) - 32)) * 32768 + request.charCodeAt(6) - 32;
    const idsEnd = 9 + request.charCodeAt(7) - 32;
    let session = recall(number);
    if (session === undefined || session.version !== version) {
      if (version !== 0) {
        return "M";
      }

      session = new Session(0);
      remember(number, session);
    }

    const current = new Call(session, request.slice(9, idsEnd));
    let answer;
    let failed = false;
    try {
      const text = request.slice(idsEnd);
      const given = request.charCodeAt(8) === 80 ? values.read(text) : parse(text);
      const result = programs[tool](new Db(current), given, new Env(current));
      current.live = false;
      answer = values.resultText(result);
    } catch (thrown) {
      current.live = false;
      if (isOverflow(thrown)) {
        return "S";
      }

      failed = true;
      answer = failure(thrown);
    }

    if (current.needsIds) {
      rollBack(current);
      return "I";
    }

    if (failed && !keepOnError) {
      rollBack(current);
      return "E" + answer;
    }

    const changes = changesOf(current, answer);
    if (changes === "") {
      // Writes that cancel each other leave nothing behind, here as at the host.
      rollBack(current);
      return (failed ? "E" : "R") + answer;
    }

    session.version++;
    return (failed ? "F" : "W") + answer + SEPARATOR + issuedIn(current) + changes;
  }

  function load(number, version, text) {
    const session = new Session(version);
    for (const [index, key, row] of parse(text)) {
      const overlay = session.overlays[index] ?? (session.overlays[index] = new Overlay());
      overlay.rows.set(key, row === null ? null : own(row));
    }

    remember(number, session);
  }

  /** An entry whose text is what stringify gives for its row, as that of a row written here. */
  function own(text) {
    const row = values.rowOf(text);
    return new Entry(values.textOf(row), row);
  }

  /** Adds a program; the host adds them in the order of their numbers. A function frozen whole can't remember a call. */
  function add(program) {
    if (program.prototype) {
      freeze(program.prototype);
    }

    freeze(program);
    programs.push(program);
  }

  /** setup: JSON {now, keepOnError, inGivenOrder, collections: [[name, key, outside, form, prefix, [keys], [texts]]]}. */
  function install(setup, capacity) {
    const given = parse(setup);
    now = given.now;
    keepOnError = given.keepOnError;
    for (let i = 0; i < capacity; i++) {
      slots.numbers.push(-1);
      slots.uses.push(0);
      slots.sessions.push(undefined);
    }

    inGivenOrder = given.inGivenOrder;
    collections = given.collections.map(([name, key, outside, form, prefix, keys, rows]) => {
      const base = tableOf();
      const entries = [];
      for (let i = 0; i < keys.length; i++) {
        entries.push(new Entry(rows[i], undefined));
        base.set(keys[i], entries[i]);
      }

      return freeze({ name, key, outside, form, prefix, keys: freeze(keys), entries: freeze(entries), base, indexes: tableOf() });
    });
    Db = class {
      #call;
      #handles;

      constructor(call) {
        this.#call = call;
        this.#handles = [];
      }

      static handle(db, index) {
        return db.#handles[index] ??= new Collection(db.#call, index);
      }
    };
    const { handle } = Db;
    delete Db.handle;
    collections.forEach(({ name }, index) => {
      define(Db.prototype, name, { get() { return handle(this, index); }, enumerable: true });
    });
    close(Db);
  }

  function close(type) {
    delete type.prototype.constructor;
    for (const key of Object.getOwnPropertyNames(type.prototype)) {
      const property = Object.getOwnPropertyDescriptor(type.prototype, key);
      for (const part of [property.value, property.get]) {
        if (typeof part === "function") {
          freeze(part);
        }
      }
    }

    freeze(type.prototype);
    freeze(type);
  }

  harden();
  for (const type of [Collection, Env, ToolError]) {
    close(type);
  }

  // The function itself, not a property of an object: a function that ClearScript got from an object costs fifty times as much to call.
  return freeze(Object.assign(call, { adopt, install, load, add }));
})();
