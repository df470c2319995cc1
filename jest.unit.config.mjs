/** The project "unit" alone, for whoever runs nothing else. */
import jest from './jest.config.mjs';

const [{ displayName: _named, ...unit }] = jest.projects;
export default unit;
