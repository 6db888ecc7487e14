function list_all_product_types(db, args, env) {
  const py = env.python;
  py.bind("ListAllProductTypes", args, []);
  const ids = new Map();
  for (const product of db.products.all()) {
    ids.set(product.name, product.product_id);
  }

  return py.dict(py.sorted([...ids.keys()]).map((name) => [name, ids.get(name)]));
}
