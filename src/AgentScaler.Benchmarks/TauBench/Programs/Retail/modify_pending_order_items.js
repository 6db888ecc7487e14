function modify_pending_order_items(db, args, env) {
  const py = env.python;
  const { order_id, item_ids, new_item_ids, payment_method_id } = py.bind(
    "ModifyPendingOrderItems", args, ["order_id", "item_ids", "new_item_ids", "payment_method_id"]);
  const order = py.lookup(db.orders, order_id);
  if (!order) throw env.error("not_found", "order not found");
  if (order.status !== "pending") throw env.error("not_allowed", "non-pending order cannot be modified");

  const owned = order.items.map((item) => item.item_id);
  const ids = py.iterate(item_ids);
  for (const id of ids) {
    if (py.count(item_ids, id) > py.count(owned, id)) throw env.error("not_found", py.str(id) + " not found");
  }

  if (py.len(item_ids) !== py.len(new_item_ids)) throw env.error("invalid", "the number of items to be exchanged should match");
  const newIds = py.iterate(new_item_ids);
  let difference = 0;
  ids.forEach((id, i) => {
    const item = order.items.find((one) => py.equal(one.item_id, id));
    const { variants } = db.products.get(item.product_id);
    if (!py.has(variants, newIds[i]) || !py.item(variants, newIds[i]).available) {
      throw env.error("not_found", "new item " + py.str(newIds[i]) + " not found or available");
    }

    difference = py.add(difference, py.subtract(py.item(variants, newIds[i]).price, item.price));
  });

  const methods = db.users.get(order.user_id).payment_methods;
  if (!py.has(methods, payment_method_id)) throw env.error("not_found", "payment method not found");
  const method = py.item(methods, payment_method_id);
  if (method.source === "gift_card") {
    if (py.less(method.balance, difference)) throw env.error("not_allowed", "insufficient gift card balance to pay for the new item");
    const balance = py.round(py.subtract(method.balance, difference), 2);
    db.users.update(order.user_id, { payment_methods: py.assigned(methods, payment_method_id, { ...method, balance }) });
  }

  const items = [...order.items];
  ids.forEach((id, i) => {
    // The first item that has the id by now: an item changed before may have taken it.
    const at = items.findIndex((one) => py.equal(one.item_id, id));
    const { price, options } = py.item(db.products.get(items[at].product_id).variants, newIds[i]);
    items[at] = { ...items[at], item_id: newIds[i], price, options };
  });
  const payment = { transaction_type: py.less(0, difference) ? "payment" : "refund", amount: py.abs(difference), payment_method_id };
  return db.orders.update(order_id, { items, status: "pending (item modified)", payment_history: [...order.payment_history, payment] });
}
