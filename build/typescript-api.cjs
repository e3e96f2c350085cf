// The JavaScript API of TypeScript, for dependency-cruiser: the native compiler (7) no longer has one.
module.exports = require('@ts-morph/common').ts
