// Package account holds the people who can sign in, their passwords and their
// role assignments.
//
// A password is kept as argon2id. The first administrator is made through a
// one-time link that the program prints at its first start; everybody else is
// invited by an administrator, also through a one-time link. Ten failed
// sign-ins for an account from an address within 15 minutes close the door for
// that pair until the oldest is 15 minutes old; the answer is the same whether
// or not the account exists.
//
// An assignment is a role in an organisation, perhaps with a scope, from a day
// to a day. ActorOf gives an Actor with those that hold today and no others,
// on every request, so a role that ended yesterday gives nothing today. The
// municipalities that a scope covers are found anew each time too: a role in a
// region follows the region's members.
//
// An administrator invites people, gives and ends roles, closes accounts and
// makes new one-time links, but never sees or sets a password; at least one
// administrator always stays. A new password ends the sessions begun with the
// old one. A person sees their roles, changes their password, takes out what is
// stored about them and deletes the account; one that nobody has signed in with
// for two years is deleted too. Deleting empties the person and keeps the row,
// so that what was done in an office still has its doer's role.
//
// Demo accounts (one per demo role) have no password; they are stepped into,
// and exist in demo mode only.
//
// Words: konto = account, rolle = role, tildeling = assignment, invitasjon =
// invitation.
//
// Tables: account, assignment, invitation, session, api_token,
// sign_in_failure.
package account
