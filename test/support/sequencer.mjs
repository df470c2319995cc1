const IN_BROWSER = /[/\\]test[/\\]web[/\\]/;

/**
 * Spreads the files that need a browser, of which one runs at a time, evenly among the others: two of them side by
 * side would leave a worker waiting. Large files first, so that none of them is left over at the end.
 */
export default class Sequencer {
  sort(tests) {
    const bySize = tests.toSorted((a, b) => sizeOf(b) - sizeOf(a));
    const browsers = bySize.filter(({ path }) => IN_BROWSER.test(path));
    const others = bySize.filter(({ path }) => !IN_BROWSER.test(path));
    const every = Math.ceil(others.length / (browsers.length + 1));
    return [
      ...browsers.flatMap((test, place) => [test, ...others.slice(place * every, (place + 1) * every)]),
      ...others.slice(browsers.length * every),
    ];
  }

  cacheResults() {}
}

function sizeOf({ path, context }) {
  return context.hasteFS.getSize(path) ?? 0;
}
