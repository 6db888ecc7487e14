namespace AgentScaler.Datasets;

/// <summary>A file of a dataset.</summary>
/// <param name="Path">Where it stands in the campaign's folder, <c>/</c>-separated.</param>
/// <param name="Artifact">Its name beside the manifest in the artifact store.</param>
/// <param name="Sha256">64 hexadecimal digits.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Rows">Records in it; null where it has none.</param>
public sealed record DatasetFile(string Path, string Artifact, string Sha256, long Bytes, long? Rows);
