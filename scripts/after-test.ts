/** The last line of `npm test`: what it did not run, and how to. */
process.stdout.write(
  'The tests against a real API server are run by "npm run test:cluster"; it says what it needs where that is missing.\n',
);
