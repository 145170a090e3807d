/**
 * Laws are held against the same cases in every ordinary run, so that a red test is red for everybody.
 * `ROBOCONF_CASES=new vitest run …` looks at other ones, and prints the seed of what it finds: that becomes an example of the law.
 */
import fc from 'fast-check';

if (process.env['ROBOCONF_CASES'] !== 'new') fc.configureGlobal({ seed: 20_251 });
