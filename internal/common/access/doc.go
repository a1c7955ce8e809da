// Package access says who asks and what a role is.
//
// The Actor is an explicit argument of every use case, second after ctx. It
// holds the role assignments that are valid today, each with organisation and
// scope, so an assignment past its end date gives no right at all. The package
// is pure: accounts, sign-in and the stored assignments are in account, the
// rules of routes in gate, and the Can… rules in each room.
//
// Words: rolle = role, stedfortreder = substitute, på vegne av = on behalf of.
package access
