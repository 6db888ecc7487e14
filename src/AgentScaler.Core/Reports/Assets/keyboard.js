const keyHelp = [
  ['j  k', 'next and previous trajectory'], ['Enter', 'open it'], ['Esc', 'back: leave the search, close the trajectory'], ['/', 'search'],
  ['c', 'open or close all calls'], ['1 2 3 4', 'overview, funnel, domains, trajectories'], ['t', 'light or dark'], ['?', 'these keys'],
];

function listenToKeys(app) {
  const help = $('help');
  show(help, h('h2', { id: 'help-title' }, 'Keys'), h('dl.keys', null, keyHelp.map(([keys, does]) => [h('dt', null, keys.split(/\s+/).map(key => [h('kbd', null, key), ' '])), h('dd', null, does)])),
    h('form', { method: 'dialog' }, h('button.button', null, 'Close')));
  $('keys').addEventListener('click', () => help.showModal());
  document.addEventListener('keydown', event => {
    const typing = event.target.closest?.('input, select, textarea');
    if (event.ctrlKey || event.metaKey || event.altKey || help.open) {
      return;
    }

    if (event.key === 'Escape') {
      escape(event, typing, app);
    } else if (!typing && act(event.key, app)) {
      event.preventDefault();
    }
  });
}

function escape(event, typing, app) {
  const at = route();
  if (typing?.id === 'search' && typing.value) {
    typing.value = '';
    app.trajectories.setFilter('q', '');
  } else if (typing) {
    $('list')?.focus();
  } else if (at.id) {
    go(at.view, null, at.filters);
    $('list')?.focus();
  }

  event.preventDefault();
}

/** Does what a key stands for; false where it stands for nothing. */
function act(key, app) {
  const at = route();
  if (key >= '1' && key <= String(views.length)) {
    go(views[key - 1].name);
    return true;
  }

  switch (key) {
    case '?':
      $('help').showModal();
      return true;
    case 't':
      turnTheme();
      return true;
    case '/':
      if (at.view !== 'trajectories') {
        go('trajectories');
      }

      requestAnimationFrame(() => $('search')?.focus());
      return true;
    case 'c':
      $('fold')?.click();
      return true;
    case 'j':
    case 'k':
      if (at.view !== 'trajectories') {
        return false;
      }

      app.trajectories.list.choose(app.trajectories.list.at + (key === 'j' ? 1 : -1));
      app.trajectories.list.node.focus();
      if (at.id) {
        app.trajectories.openAt(app.trajectories.list.places[app.trajectories.list.at]);
      }

      return true;
    default:
      return false;
  }
}
