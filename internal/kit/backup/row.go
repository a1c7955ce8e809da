package backup

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strconv"
	"unicode/utf8"

	"kompetansetorg/internal/kit/db"
)

// appendRow adds the row as a line of JSON. It is written here and not by
// encoding/json, because the content hash is over these bytes: they must be the
// same for ever.
func appendRow(line []byte, row []any) ([]byte, error) {
	line = append(line, '[')
	for i, value := range row {
		if i > 0 {
			line = append(line, ',')
		}
		switch v := value.(type) {
		case nil:
			line = append(line, "null"...)
		case string:
			if !utf8.ValidString(v) {
				return nil, errors.New("text that is no UTF-8")
			}
			line = appendText(line, v)
		case int64:
			line = strconv.AppendInt(line, v, 10)
		case bool:
			line = strconv.AppendBool(line, v)
		case float64:
			if math.IsNaN(v) || math.IsInf(v, 0) {
				return nil, errors.New("a number that is none")
			}
			line = strconv.AppendFloat(line, v, 'g', -1, 64)
		default:
			return nil, fmt.Errorf("a %T", value)
		}
	}
	return append(line, ']', '\n'), nil
}

// appendText adds a JSON string: escaped is only what has to be.
func appendText(line []byte, s string) []byte {
	const hex = "0123456789abcdef"
	line = append(line, '"')
	for i := range len(s) {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			line = append(line, '\\', c)
		case c < ' ':
			line = append(line, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		default:
			line = append(line, c)
		}
	}
	return append(line, '"')
}

// parseRow reads a line into a value for each column of the table.
func parseRow(line []byte, t db.Table) ([]any, error) {
	var row []any
	d := json.NewDecoder(bytes.NewReader(line))
	d.UseNumber()
	if err := d.Decode(&row); err != nil {
		return nil, err
	}
	if len(row) != len(t.Columns) {
		return nil, fmt.Errorf("%d values for %d columns", len(row), len(t.Columns))
	}
	for i, c := range t.Columns {
		value, err := parseValue(row[i], c.Kind)
		if err != nil {
			return nil, fmt.Errorf("column %s: %w", c.Name, err)
		}
		row[i] = value
	}
	return row, nil
}

func parseValue(value any, kind db.Kind) (any, error) {
	switch v := value.(type) {
	case nil:
		return nil, nil
	case string:
		if kind == db.KindText {
			return v, nil
		}
	case bool:
		if kind == db.KindBoolean {
			return v, nil
		}
	case json.Number:
		switch kind {
		case db.KindInteger:
			return strconv.ParseInt(string(v), 10, 64)
		case db.KindReal:
			return strconv.ParseFloat(string(v), 64)
		}
	}
	return nil, fmt.Errorf("not of the kind %s", kind)
}
