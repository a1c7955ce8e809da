package account

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"
	"golang.org/x/sync/semaphore"
)

// The cost of a hash: OWASP's second recommended argon2id setting.
// It is written into each hash, so it can be raised without breaking old ones.
const (
	argonMemory  = 19 * 1024 // KiB
	argonTime    = 2
	argonThreads = 1
	argonKey     = 32
	argonSalt    = 16
)

// MinPassword and MaxPassword bound a password's length in characters. Length
// is the only rule: demands for signs make passwords worse.
const (
	MinPassword = 10
	MaxPassword = 200
)

// hasher makes and checks hashes, a few at a time: each takes memory.
type hasher struct{ slots *semaphore.Weighted }

func newHasher() *hasher { return &hasher{slots: semaphore.NewWeighted(2)} }

func (h *hasher) hash(ctx context.Context, password string) (string, error) {
	if err := h.slots.Acquire(ctx, 1); err != nil {
		return "", err
	}
	defer h.slots.Release(1)
	salt := make([]byte, argonSalt)
	if _, err := rand.Read(salt); err != nil {
		return "", fmt.Errorf("salt: %w", err)
	}
	key := argon2.IDKey([]byte(password), salt, argonTime, argonMemory, argonThreads, argonKey)
	enc := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, argonMemory, argonTime, argonThreads,
		enc.EncodeToString(salt), enc.EncodeToString(key)), nil
}

// matches reports whether the password has the hash. With an empty hash it
// does the same work and answers no, so that time does not tell whether an
// account exists.
func (h *hasher) matches(ctx context.Context, hash, password string) (bool, error) {
	if err := h.slots.Acquire(ctx, 1); err != nil {
		return false, err
	}
	defer h.slots.Release(1)
	memory, passes, threads := uint32(argonMemory), uint32(argonTime), uint8(argonThreads)
	salt, want := make([]byte, argonSalt), []byte(nil)
	if hash != "" {
		var err error
		if memory, passes, threads, salt, want, err = parseHash(hash); err != nil {
			return false, err
		}
	}
	got := argon2.IDKey([]byte(password), salt, passes, memory, threads, argonKey)
	return len(want) > 0 && subtle.ConstantTimeCompare(got, want) == 1, nil
}

func parseHash(hash string) (memory, passes uint32, threads uint8, salt, key []byte, err error) {
	parts := strings.Split(hash, "$")
	if len(parts) != 6 || parts[1] != "argon2id" {
		return 0, 0, 0, nil, nil, fmt.Errorf("password hash: unknown form")
	}
	if _, err = fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &memory, &passes, &threads); err != nil {
		return 0, 0, 0, nil, nil, fmt.Errorf("password hash: %w", err)
	}
	if salt, err = base64.RawStdEncoding.DecodeString(parts[4]); err != nil {
		return 0, 0, 0, nil, nil, fmt.Errorf("password hash: %w", err)
	}
	if key, err = base64.RawStdEncoding.DecodeString(parts[5]); err != nil {
		return 0, 0, 0, nil, nil, fmt.Errorf("password hash: %w", err)
	}
	return memory, passes, threads, salt, key, nil
}
