/**
 * Answers the lines of a recorded corpus with what the language says:
 * `npm run --silent conformance -- EXPECTED.jsonl CORPUS_DIR > ACTUAL.jsonl`.
 */
import { readFileSync } from 'node:fs';
import { answersFor, parseCases } from './answer.ts';

const [expectedFile, corpus] = process.argv.slice(2);
if (expectedFile === undefined || corpus === undefined) {
    console.error('usage: conformance EXPECTED.jsonl CORPUS_DIR');
    process.exit(2);
}
for (const answer of answersFor(parseCases(readFileSync(expectedFile, 'utf8')), corpus)) {
    process.stdout.write(`${JSON.stringify(answer)}\n`);
}
