// Where the reader is stands in the address, so that a view can be linked to and the browser's way back works: #/view/id?filter=word.

const views = [
  { name: 'overview', title: 'Overview' },
  { name: 'funnel', title: 'Funnel' },
  { name: 'domains', title: 'Domains' },
  { name: 'trajectories', title: 'Trajectories' },
];

function route() {
  const [path, query] = location.hash.replace(/^#\/?/, '').split('?');
  const [view, ...rest] = path.split('/');
  return {
    view: views.some(known => known.name === view) ? view : 'overview',
    id: rest.length > 0 ? decoded(rest.join('/')) : null,
    filters: Object.fromEntries(new URLSearchParams(query ?? '')),
  };
}

/** An address typed by hand may be no valid encoding: then it stands for itself. */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function address(view, id, filters) {
  const query = new URLSearchParams(Object.entries(filters ?? {}).filter(([, value]) => value)).toString();
  return `#/${view}${id ? '/' + encodeURIComponent(id) : ''}${query ? '?' + query : ''}`;
}

/** Goes to a view; with replace it does not become a step of the way back. */
function go(view, id, filters, replace = false) {
  const target = address(view, id, filters);
  if (target === location.hash) {
    return;
  }

  if (replace) {
    history.replaceState(null, '', target);
    window.dispatchEvent(new HashChangeEvent('hashchange'));
  } else {
    location.hash = target;
  }
}
