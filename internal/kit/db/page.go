package db

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"

	"kompetansetorg/internal/kit/fault"
)

// Limits of a page of a list (the same on pages and in the API).
const (
	DefaultLimit = 50
	MaxLimit     = 500
)

// Order is one way to sort a list: by Key, then by ID, both in the same
// direction. Key must never be NULL (write COALESCE(…) with a last value) and
// must have the type of the value the page's key function gives: text or
// whole number. ID is unique in the list.
type Order struct {
	Key  Fragment
	ID   Fragment
	Desc bool
}

// Orders is a room's allow-list: the word in the address, and what it sorts by.
type Orders map[string]Order

// Pick finds the order called name. An empty name gives fallback; an unknown
// one is an Invalid field "sort".
func (o Orders) Pick(name, fallback string) (Order, error) {
	if name == "" {
		name = fallback
	}
	order, ok := o[name]
	if !ok {
		return Order{}, fault.InvalidField("sort", "fault.sort")
	}
	return order, nil
}

// Names lists the words of the allow-list in alphabetical order.
func (o Orders) Names() []string {
	names := make([]string, 0, len(o))
	for name := range o {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// Page asks for a part of a list: up to Limit rows after the cursor After,
// which is empty for the first page and otherwise Next of the page before.
// A limit of zero is DefaultLimit; more than MaxLimit is MaxLimit.
type Page struct {
	Order Order
	After string
	Limit int
}

// Paged is a part of a list. Next is the cursor of the following part, empty
// at the end.
type Paged[T any] struct {
	Items []T
	Next  string
}

// ListPage reads one page of q, which must have no ORDER BY of its own. Key
// gives the sort key and the id of a row: the key as a string or whole number,
// equal to what Order.Key gives in SQL. It is also called with a zero T, to
// learn the type. A cursor that is not one of ours is an Invalid field "after".
func ListPage[T any](ctx context.Context, tx *Tx, q Query, page Page, key func(T) (any, string)) (Paged[T], error) {
	limit := page.Limit
	if limit <= 0 {
		limit = DefaultLimit
	}
	limit = min(limit, MaxLimit)
	direction, compare := " ASC", " > "
	if page.Order.Desc {
		direction, compare = " DESC", " < "
	}
	var zero T
	like, _ := key(zero)
	text, err := isText(like)
	if err != nil {
		return Paged[T]{}, err
	}
	if page.After != "" {
		sort, id, err := readCursor(page.After, text)
		if err != nil {
			return Paged[T]{}, fault.InvalidField("after", "fault.after")
		}
		q.Where.add("("+page.Order.Key+", "+page.Order.ID+")"+Fragment(compare)+"(?, ?)", sort, id)
	}
	q.order = string(page.Order.Key) + direction + ", " + string(page.Order.ID) + direction
	q.limit = limit + 1 // one more tells whether there is a next page
	statement, args := q.Build()
	rows, err := List[T](ctx, tx, statement, args...)
	if err != nil || len(rows) <= limit {
		return Paged[T]{Items: rows}, err
	}
	rows = rows[:limit]
	sort, id := key(rows[limit-1])
	next, err := writeCursor(sort, id)
	return Paged[T]{Items: rows, Next: next}, err
}

// A cursor is JSON [key, id] in base64 for addresses. It holds nothing the
// reader has not seen in the last row, and is checked like any input.
func writeCursor(sort any, id string) (string, error) {
	b, err := json.Marshal([2]any{sort, id})
	return base64.RawURLEncoding.EncodeToString(b), err
}

// isText tells text keys from whole numbers; other types would not survive the
// way through a cursor.
func isText(key any) (bool, error) {
	switch reflect.ValueOf(key).Kind() {
	case reflect.String:
		return true, nil
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return false, nil
	}
	return false, fmt.Errorf("db: the key of a page is a string or a whole number, not %T", key)
}

// readCursor gives the key, a string or an int64, and the id.
func readCursor(cursor string, text bool) (sort any, id string, err error) {
	b, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil {
		return nil, "", err
	}
	var parts []json.RawMessage
	if err := json.Unmarshal(b, &parts); err != nil {
		return nil, "", err
	}
	if len(parts) != 2 || slices.ContainsFunc(parts, isNull) {
		return nil, "", errors.New("cursor: want two parts")
	}
	if err := json.Unmarshal(parts[1], &id); err != nil {
		return nil, "", err
	}
	if text {
		var word string
		err = json.Unmarshal(parts[0], &word)
		return word, id, err
	}
	var number int64
	err = json.Unmarshal(parts[0], &number)
	return number, id, err
}

// isNull is needed since JSON null would pass for any type.
func isNull(part json.RawMessage) bool { return string(part) == "null" }
