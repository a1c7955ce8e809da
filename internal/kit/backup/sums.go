package backup

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"

	"kompetansetorg/internal/kit/db"
)

// Sum is what an archive or a database holds.
type Sum struct {
	Tables []TableSum `json:"tables"`
	Files  FileSum    `json:"files"`
	// Rows is the number of rows of all tables.
	Rows int64 `json:"rows"`
	// Hash is the content hash, hexadecimal: over names, columns, counts and
	// hashes of the tables and over the attachments.
	Hash string `json:"hash"`
}

// TableSum is the rows of a table.
type TableSum struct {
	Name   string `json:"name"`
	Rows   int64  `json:"rows"`
	SHA256 string `json:"sha256"`
}

// FileSum is the attachments: how many, how large together in bytes, and a hash
// over the path, size and content of each in the order of the walk.
type FileSum struct {
	Count  int64  `json:"count"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// tableHash gathers the sum of a table while its lines go by.
type tableHash struct {
	sum  TableSum
	hash hash.Hash
}

func newTableHash(t db.Table) *tableHash {
	h := &tableHash{sum: TableSum{Name: t.Name}, hash: sha256.New()}
	for _, c := range t.Columns {
		fmt.Fprintf(h.hash, "%s\t%s\n", c.Name, c.Kind)
	}
	return h
}

func (h *tableHash) add(line []byte) {
	h.sum.Rows++
	h.hash.Write(line)
}

func (h *tableHash) done() TableSum {
	h.sum.SHA256 = hex.EncodeToString(h.hash.Sum(nil))
	return h.sum
}

// fileHash gathers the sum of the attachments.
type fileHash struct {
	sum  FileSum
	hash hash.Hash
}

func newFileHash() *fileHash { return &fileHash{hash: sha256.New()} }

func (h *fileHash) add(path string, size int64, content []byte) {
	h.sum.Count++
	h.sum.Bytes += size
	fmt.Fprintf(h.hash, "%s\t%d\t%x\n", path, size, content)
}

func (h *fileHash) done() FileSum {
	h.sum.SHA256 = hex.EncodeToString(h.hash.Sum(nil))
	return h.sum
}

// newSum makes the whole of its parts.
func newSum(tables []TableSum, files FileSum) Sum {
	s := Sum{Tables: tables, Files: files}
	h := sha256.New()
	for _, t := range tables {
		s.Rows += t.Rows
		fmt.Fprintf(h, "%s\t%d\t%s\n", t.Name, t.Rows, t.SHA256)
	}
	fmt.Fprintf(h, "\t%d\t%s\n", files.Count, files.SHA256)
	s.Hash = hex.EncodeToString(h.Sum(nil))
	return s
}
