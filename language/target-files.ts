/** Door of the language room for those who only read target files: without the parser of models, which is large and slow to load. */
export { propertiesIn } from './application/properties.ts';
export { targetSourceOf, type TargetSource } from './targets/target-source.ts';
export { placeholdersIn, secretNameOf } from './targets/values.ts';
