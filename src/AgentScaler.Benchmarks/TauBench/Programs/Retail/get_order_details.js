function get_order_details(db, args, env) {
  const { order_id } = env.python.bind("GetOrderDetails", args, ["order_id"]);
  const order = env.python.lookup(db.orders, order_id);
  if (!order) throw env.error("not_found", "order not found");
  return order;
}
