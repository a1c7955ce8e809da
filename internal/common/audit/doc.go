// Package audit keeps the log of who changed what, in the same transaction as
// the change.
//
// The log is a chain: each entry's hash covers the one before it, so a row
// that is altered, added or taken away is found by Verify, which names the
// first broken row. An entry holds ids, the action and, per field, a salted
// hash of the value before and after; the values lie in a side table whose
// rows can be deleted (Erase) without breaking the chain. That is how a
// person's right to erasure and an unalterable log live together.
//
// Rules: every writing use case records at least one entry; the head of the
// chain is taken as the last step of the transaction, so writers wait for each
// other as shortly as possible. Reading the log is for system administrators;
// people read what they did themselves.
//
// Tables: audit_head, audit_entry, audit_value.
package audit
