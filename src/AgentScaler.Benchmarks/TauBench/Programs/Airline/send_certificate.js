// A fourth certificate for one user is neither made nor refused: the authors' code answers with nothing.
function send_certificate(db, args, env) {
  const py = env.python;
  const { user_id, amount } = py.bind("SendCertificate", args, ["user_id", "amount"]);
  const user = py.lookup(db.users, user_id);
  if (!user) throw env.error("not_found", "user not found");
  for (const id of ["certificate_3221322", "certificate_3221323", "certificate_3221324"]) {
    if (!py.has(user.payment_methods, id)) {
      db.users.update(user_id, { payment_methods: py.assigned(user.payment_methods, id, { source: "certificate", amount, id }) });
      return "Certificate " + id + " added to user " + user_id + " with amount " + py.str(amount) + ".";
    }
  }

  return null;
}
