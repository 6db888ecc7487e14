const themes = ['light', 'dark'];

/** The theme in force: what the reader chose, else what the system says. */
function theme() {
  return document.documentElement.dataset.theme ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
}

function turnTheme() {
  const next = themes[1 - themes.indexOf(theme())];
  document.documentElement.dataset.theme = next;
  try {
    localStorage.setItem('agentscaler-theme', next);
  } catch {
    // Some browsers keep nothing for pages from disk.
  }

  nameTheme();
}

function nameTheme() {
  $('theme').textContent = theme() === 'dark' ? 'Light' : 'Dark';
}

function restoreTheme() {
  try {
    const kept = localStorage.getItem('agentscaler-theme');
    if (themes.includes(kept)) {
      document.documentElement.dataset.theme = kept;
    }
  } catch {
    // As above: then the system decides.
  }

  nameTheme();
  $('theme').addEventListener('click', turnTheme);
}

const app = {};

let drawn = 0;

/** Draws where the reader is; what was still being unpacked for an earlier place is dropped. */
async function draw() {
  const turn = ++drawn;
  try {
    await drawAt(route(), () => turn === drawn);
  } catch (fault) {
    if (turn === drawn) {
      show($('main'), h('p.loading', { role: 'alert' }, `This can’t be shown: ${fault.message}.`));
    }
  }
}

async function drawAt(at, isStill) {
  document.querySelectorAll('.view').forEach(link => link.setAttribute('aria-current', link.dataset.view === at.view ? 'page' : 'false'));
  document.body.dataset.view = at.view;
  const main = $('main');
  if (at.view === 'trajectories') {
    app.trajectories ??= new TrajectoriesView();
    if (!app.trajectories.node.isConnected) {
      show(main, app.trajectories.node);
    }

    await app.trajectories.update(at);
    return;
  }

  const page = at.view === 'funnel' ? funnelView(at) : at.view === 'domains' ? await domainsView(at) : overviewView();
  if (isStill()) {
    show(main, h('div.page', null, page));
    window.scrollTo(0, 0);
  }
}

async function start() {
  restoreTheme();
  await readReport();
  await readTools();
  const { counts } = report.overview.manifest;
  const amounts = { domains: counts.environments, trajectories: report.index.ids.length };
  show($('views'), views.map((view, i) => h('a.view', { href: address(view.name), 'data-view': view.name, title: `${view.title} (${i + 1})` },
    h('span', null, view.title), view.name in amounts && h('span.amount', null, number(amounts[view.name])))));
  $('skip').addEventListener('click', event => {
    event.preventDefault();
    $('main').focus();
  });
  listenToKeys(app);
  window.addEventListener('hashchange', draw);
  await draw();
  document.body.dataset.ready = 'true';
}

start().catch(fault => show($('main'), h('p.loading', { role: 'alert' }, `The report can’t be read: ${fault.message}.`)));
