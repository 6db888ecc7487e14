function get_user_details(db, args, env) {
  const { user_id } = env.python.bind("GetUserDetails", args, ["user_id"]);
  const user = env.python.lookup(db.users, user_id);
  if (!user) throw env.error("not_found", "user not found");
  return user;
}
