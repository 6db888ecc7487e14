function modify_pending_order_address(db, args, env) {
  const py = env.python;
  const { order_id, address1, address2, city, state, country, zip } = py.bind(
    "ModifyPendingOrderAddress", args, ["order_id", "address1", "address2", "city", "state", "country", "zip"]);
  const order = py.lookup(db.orders, order_id);
  if (!order) throw env.error("not_found", "order not found");
  if (order.status !== "pending") throw env.error("not_allowed", "non-pending order cannot be modified");
  return db.orders.update(order_id, { address: { address1, address2, city, state, country, zip } });
}
