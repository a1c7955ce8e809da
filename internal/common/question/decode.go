package question

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
)

// MaxDefinition is how large the JSON of a definition may be, in bytes.
const MaxDefinition = 1 << 20

// Encode writes the definition as JSON.
func Encode(d Definition) (string, error) {
	data, err := json.Marshal(d)
	if err == nil && len(data) > MaxDefinition {
		err = errors.New("too large")
	}
	if err != nil {
		return "", fmt.Errorf("form: encode: %w", err)
	}
	return string(data), nil
}

// Decode reads a definition from JSON. A field that is not known is refused,
// so that nothing is lost without a word. What the definition says is for
// Check to judge.
func Decode(data []byte) (Definition, error) {
	if len(data) > MaxDefinition {
		return Definition{}, errors.New("form: decode: too large")
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	var d Definition
	if err := dec.Decode(&d); err != nil {
		return Definition{}, fmt.Errorf("form: decode: %w", err)
	}
	if dec.More() {
		return Definition{}, errors.New("form: decode: more than one document")
	}
	return d, nil
}
