function return_delivered_order_items(db, args, env) {
  const py = env.python;
  const { order_id, item_ids, payment_method_id } = py.bind("ReturnDeliveredOrderItems", args, ["order_id", "item_ids", "payment_method_id"]);
  const order = py.lookup(db.orders, order_id);
  if (!order) throw env.error("not_found", "order not found");
  if (order.status !== "delivered") throw env.error("not_allowed", "non-delivered order cannot be returned");
  if (!py.has(db.users.get(order.user_id).payment_methods, payment_method_id)) throw env.error("not_found", "payment method not found");
  if (!py.has(payment_method_id, "gift_card") && payment_method_id !== py.item(order.payment_history, 0).payment_method_id) {
    throw env.error("not_allowed", "payment method should be either the original payment method or a gift card");
  }

  const owned = order.items.map((item) => item.item_id);
  for (const id of py.iterate(item_ids)) {
    if (py.count(item_ids, id) > py.count(owned, id)) throw env.error("not_found", "some item not found");
  }

  return db.orders.update(order_id, { status: "return requested", return_items: py.sorted(item_ids), return_payment_method_id: payment_method_id });
}
