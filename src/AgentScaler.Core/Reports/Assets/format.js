const whole = new Intl.NumberFormat('en-GB');

const number = value => whole.format(value);

/** A share in percent, with a decimal where it is neither 0 nor 100. */
function percent(part, all) {
  if (!all) {
    return '–';
  }

  const value = 100 * part / all;
  return value === 0 || value === 100 ? `${value}%` : `${Math.min(99.9, Math.max(0.1, value)).toFixed(1)}%`;
}

/** Seconds as people say them. */
function duration(seconds) {
  if (seconds === undefined || seconds === null) {
    return '–';
  }

  if (seconds < 60) {
    return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
  }

  const [large, unit, part, partUnit] = seconds < 3570 ? [60, 'min', 1, 's'] : [3600, 'h', 60, 'min'];
  const parts = Math.round(seconds / part), rest = parts % (large / part);
  return `${Math.floor(parts * part / large)} ${unit}${rest ? ` ${rest} ${partUnit}` : ''}`;
}

/** Kebab-case words for people. */
const words = text => text.replaceAll('-', ' ');

/** The telling end of an id: the prefix and eight digits. */
function shortId(id) {
  const dash = id.indexOf('-');
  return dash > 0 && id.length > dash + 10 ? id.slice(0, dash + 9) : id;
}

/** A name that may break after each underscore, dot and hyphen rather than anywhere. */
const breakable = name => name.split(/(?<=[_.-])/).flatMap((part, i) => i === 0 ? [part] : [h('wbr'), part]);

const plural = (count, one, many = one + 's') => `${number(count)} ${count === 1 ? one : many}`;

/** JSON for people: two spaces, short arrays and objects on one line. */
function pretty(value, indent = '') {
  if (value === null || typeof value !== 'object') {
    return JSON.stringify(value) ?? 'null';
  }

  const flat = JSON.stringify(value);
  if (flat.length + indent.length <= 72) {
    return Array.isArray(value)
      ? `[${value.map(item => pretty(item)).join(', ')}]`
      : Object.keys(value).length === 0 ? '{}' : `{ ${Object.entries(value).map(([name, item]) => `${JSON.stringify(name)}: ${pretty(item)}`).join(', ')} }`;
  }

  const inner = indent + '  ';
  const parts = Array.isArray(value)
    ? value.map(item => inner + pretty(item, inner))
    : Object.entries(value).map(([name, item]) => `${inner}${JSON.stringify(name)}: ${pretty(item, inner)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open}\n${parts.join(',\n')}\n${indent}${close}`;
}
