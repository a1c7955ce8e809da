package sheet

import "fmt"

// The keys of an Error. Values are given behind each.
const (
	KeyNotASpreadsheet = "sheet.error.not_a_spreadsheet" // found: "PDF", "ZIP", ...
	KeyXLS             = "sheet.error.xls"               // Excel 97-2003: save as XLSX
	KeyXLSB            = "sheet.error.xlsb"              // binary workbook: save as XLSX
	KeyODS             = "sheet.error.ods"               // OpenDocument: save as XLSX
	KeyEncrypted       = "sheet.error.encrypted"         // has a password
	KeyBroken          = "sheet.error.broken"            // damaged, or cut off
	KeyNoRows          = "sheet.error.no_rows"           // nothing in it
	KeyOpenQuote       = "sheet.error.open_quote"        // row: a quotation mark is never closed
	KeyTooLarge        = "sheet.error.too_large"         // max_mb
	KeyUnpacksTooLarge = "sheet.error.unpacks_too_large" // small packed, huge unpacked
	KeyTooManySheets   = "sheet.error.too_many_sheets"   // max
	KeyTooManyRows     = "sheet.error.too_many_rows"     // max
	KeyTooManyColumns  = "sheet.error.too_many_columns"  // max, row
	KeyTooManyCells    = "sheet.error.too_many_cells"    // max
	KeyCellTooLong     = "sheet.error.cell_too_long"     // max, row
)

// Error says why a file cannot be read or a table not be written. Key is a message key;
// Values are name, value pairs for the message.
type Error struct {
	Key    string
	Values []any
	cause  error
}

func (e *Error) Error() string {
	s := "sheet: " + e.Key
	for i := 0; i+1 < len(e.Values); i += 2 {
		s += fmt.Sprintf(" %v=%v", e.Values[i], e.Values[i+1])
	}
	if e.cause != nil {
		s += ": " + e.cause.Error()
	}
	return s
}

// Unwrap gives what the parser said, for the log.
func (e *Error) Unwrap() error { return e.cause }

func fail(key string, values ...any) error { return &Error{Key: key, Values: values} }

func broken(cause error) error { return &Error{Key: KeyBroken, cause: cause} }

// Limits bound what a file may cost. Each is the largest value that is still taken.
type Limits struct {
	FileBytes     int64 // the file as it came
	UnpackedBytes int64 // all parts of an XLSX file unpacked, and all that is read of them
	Ratio         int64 // unpacked to packed, for parts of more than a megabyte
	Parts         int   // parts of an XLSX file
	Sheets        int
	Rows          int // rows with content, over all sheets
	Columns       int
	Cells         int   // cells with content, over all sheets
	CellBytes     int   // one cell
	TextBytes     int64 // all cells
	SharedStrings int   // entries of the string table of an XLSX file
}

// DefaultLimits are those for a file from a person: above what an import here has any
// use for, and below what strains a small machine.
func DefaultLimits() Limits {
	return Limits{
		FileBytes:     25 << 20,
		UnpackedBytes: 256 << 20,
		Ratio:         200,
		Parts:         2000,
		Sheets:        50,
		Rows:          200_000,
		Columns:       400,
		Cells:         3_000_000,
		CellBytes:     100_000,
		TextBytes:     96 << 20,
		SharedStrings: 1_000_000,
	}
}
