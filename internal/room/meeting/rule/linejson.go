package rule

import (
	"encoding/json"
	"fmt"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/money"
)

// stored is a value of a line with its type, so that it is written in the reader's
// language as it was when the line was kept.
type stored struct {
	Type  string          `json:"t"`
	Value json.RawMessage `json:"v"`
}

type storedLine struct {
	Key    i18n.Key `json:"key"`
	Values []stored `json:"values,omitempty"`
}

// MarshalJSON keeps the line: its key, and each value with its type. A value of a type
// that a line does not hold is an error.
func (l Line) MarshalJSON() ([]byte, error) {
	out := storedLine{Key: l.Key}
	for _, v := range l.Values {
		t, err := typeOf(v)
		if err != nil {
			return nil, fmt.Errorf("line %s: %w", l.Key, err)
		}
		raw, err := json.Marshal(v)
		if err != nil {
			return nil, fmt.Errorf("line %s: %w", l.Key, err)
		}
		out.Values = append(out.Values, stored{t, raw})
	}
	return json.Marshal(out)
}

// UnmarshalJSON reads a line that was kept.
func (l *Line) UnmarshalJSON(raw []byte) error {
	var in storedLine
	if err := json.Unmarshal(raw, &in); err != nil {
		return err
	}
	*l = Line{Key: in.Key}
	for _, x := range in.Values {
		v, err := x.read()
		if err != nil {
			return fmt.Errorf("line %s: %w", in.Key, err)
		}
		l.Values = append(l.Values, v)
	}
	return nil
}

func typeOf(v any) (string, error) {
	switch v.(type) {
	case string:
		return "string", nil
	case int:
		return "int", nil
	case clock.Date:
		return "day", nil
	case money.NOK:
		return "money", nil
	case i18n.Key:
		return "key", nil
	case i18n.Text:
		return "text", nil
	case Line:
		return "line", nil
	case Lines:
		return "lines", nil
	case Names:
		return "names", nil
	}
	return "", fmt.Errorf("a value of type %T cannot be kept", v)
}

func (x stored) read() (any, error) {
	switch x.Type {
	case "string":
		return as[string](x.Value)
	case "int":
		return as[int](x.Value)
	case "day":
		return as[clock.Date](x.Value)
	case "money":
		return as[money.NOK](x.Value)
	case "key":
		return as[i18n.Key](x.Value)
	case "text":
		return as[i18n.Text](x.Value)
	case "line":
		return as[Line](x.Value)
	case "lines":
		return as[Lines](x.Value)
	case "names":
		return as[Names](x.Value)
	}
	return nil, fmt.Errorf("a value of unknown type %q", x.Type)
}

func as[T any](raw json.RawMessage) (any, error) {
	var v T
	err := json.Unmarshal(raw, &v)
	return v, err
}
