// The package ships its types but does not name them in its export map; the plain library's are the same.
declare module 'better-sqlite3-multiple-ciphers' {
  import Library = require('better-sqlite3')
  export = Library
}
