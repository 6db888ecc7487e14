function exchange_delivered_order_items(db, args, env) {
  const py = env.python;
  const { order_id, item_ids, new_item_ids, payment_method_id } = py.bind(
    "ExchangeDeliveredOrderItems", args, ["order_id", "item_ids", "new_item_ids", "payment_method_id"]);
  const order = py.lookup(db.orders, order_id);
  if (!order) throw env.error("not_found", "order not found");
  if (order.status !== "delivered") throw env.error("not_allowed", "non-delivered order cannot be exchanged");

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

  difference = py.round(difference, 2);
  const methods = db.users.get(order.user_id).payment_methods;
  if (!py.has(methods, payment_method_id)) throw env.error("not_found", "payment method not found");
  const method = py.item(methods, payment_method_id);
  if (method.source === "gift_card" && py.less(method.balance, difference)) {
    throw env.error("not_allowed", "insufficient gift card balance to pay for the price difference");
  }

  return db.orders.update(order_id, {
    status: "exchange requested",
    exchange_items: py.sorted(item_ids),
    exchange_new_items: py.sorted(new_item_ids),
    exchange_payment_method_id: payment_method_id,
    exchange_price_difference: difference,
  });
}
