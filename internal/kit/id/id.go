package id

import (
	"crypto/rand"
	"crypto/sha256"
	"database/sql/driver"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"

	"github.com/google/uuid"
)

// ErrMalformed is what Parse answers, wrapped or not. A page takes it for "not found".
var ErrMalformed = errors.New("id: not a lower-case canonical UUID")

// Of is the identifier of a T. T is only a mark for the compiler; nothing of it is kept.
type Of[T any] string

// New makes an identifier that sorts after those made before it in this process. It
// panics if the machine has no random numbers, when nothing else would work either.
func New[T any]() Of[T] { return Of[T](uuid.Must(uuid.NewV7()).String()) }

// Parse reads an identifier from outside. It takes any version of UUID, as rows may
// come from other systems, but only the one spelling, and not the all-zero one.
func Parse[T any](s string) (Of[T], error) {
	if !canonical(s) {
		return "", ErrMalformed
	}
	return Of[T](s), nil
}

func canonical(s string) bool {
	if len(s) != 36 {
		return false
	}
	some := false
	for i := range len(s) {
		c := s[i]
		switch {
		case i == 8 || i == 13 || i == 18 || i == 23:
			if c != '-' {
				return false
			}
		case c >= '0' && c <= '9' || c >= 'a' && c <= 'f':
			some = some || c != '0'
		default:
			return false
		}
	}
	return some
}

// IsZero tells whether v names nothing.
func (v Of[T]) IsZero() bool { return v == "" }

// String is the identifier as text, "" for none.
func (v Of[T]) String() string { return string(v) }

// Scan implements sql.Scanner: NULL is none. Rows are trusted to hold what was written.
func (v *Of[T]) Scan(src any) error {
	switch s := src.(type) {
	case nil:
		*v = ""
	case string:
		*v = Of[T](s)
	case []byte:
		*v = Of[T](s)
	default:
		return fmt.Errorf("id: scan from %T", src)
	}
	return nil
}

// Value implements driver.Valuer: TEXT, NULL for none.
func (v Of[T]) Value() (driver.Value, error) {
	if v == "" {
		return nil, nil
	}
	return string(v), nil
}

// minToken is 128 bits: fewer can be guessed by trying.
const minToken = 16

// Token is a secret of nBytes random bytes in unpadded base64url, fit for an address or
// a cookie. It panics for fewer than 16 bytes, which would be a mistake in the code.
func Token(nBytes int) string {
	if nBytes < minToken {
		panic("id: token of fewer than 16 bytes")
	}
	b := make([]byte, nBytes)
	rand.Read(b) // never fails: it ends the program instead
	return base64.RawURLEncoding.EncodeToString(b)
}

// HashToken is the SHA-256 of a token in lower-case hex: what is stored and looked up,
// so that a copy of the database opens no door. It is not fit for passwords.
func HashToken(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}
