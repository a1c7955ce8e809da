// Package register brings what Enhetsregisteret, the national register of
// enterprises, knows to the register of organisations: a look-up by number or
// name for those who write one, and a nightly reading of those we have.
//
// Who is signed in may look up. What is asked goes out from the server, without
// anything about who asks: a number of nine digits, or a name of three letters
// or more. A text that looks like a national identity number, a phone number
// or a mail address is never sent.
//
// Answers are kept for KeptFor, so that what was asked before is known without
// the net, and are asked for anew after a day. Of a search the words are not
// kept, only a fingerprint of them. Nothing is kept of a sole proprietorship
// (form ENK), whose name is often its owner's, before somebody registers it;
// then it stands as any organisation does, without website.
//
// Nothing waits long: the client ends after two seconds, and after a failure
// the register is left alone for half a minute. Whoever asks then is told that
// it cannot be reached, and goes on with what is here. No call is made inside
// a transaction.
//
// The look-up may be switched off; it is in the demo. Then every answer is
// empty and says so.
//
// Words: Enhetsregisteret = source, treff = hit, oppslag = look-up, nattlig
// oppfriskning = refresh.
//
// Tables: register_unit, register_search, register_hit.
package register
