import { expect } from 'expect';
import { bind } from 'jest-each';

/** Collects the tests that a function declares, in order. The functions that it uses are a part of Jest’s, from Jest’s packages. */
export function collectTests() {
  const tests = [];
  let titles = [];

  const test = (title, run) => tests.push({ titles: [...titles, title], run });
  const describe = (title, declare) => {
    const outer = titles;
    titles = [...outer, title];
    declare();
    titles = outer;
  };
  test.each = bind(test);
  describe.each = bind(describe);
  return { tests, globals: { describe, expect, test } };
}
