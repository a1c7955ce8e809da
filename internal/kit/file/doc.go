// Package file keeps the content of files that people hand in, and has them
// looked through for viruses.
//
// A Store keeps content by its checksum: the same content is kept once, it is
// never changed, and no name that a person wrote becomes part of a path. Folder
// is the Store that a backup can walk: ab/abcd… below a folder, written to a name
// that ends in .part, synced, and renamed when it is whole.
//
// A Scanner says whether content holds a virus. Clamd asks the daemon of ClamAV.
// What cannot be scanned is never taken for clean.
//
// Nothing here opens, runs or interprets content.
package file
