function get_product_details(db, args, env) {
  const { product_id } = env.python.bind("GetProductDetails", args, ["product_id"]);
  const product = env.python.lookup(db.products, product_id);
  if (!product) throw env.error("not_found", "product not found");
  return product;
}
