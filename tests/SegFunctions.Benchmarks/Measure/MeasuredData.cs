using System.Text.Json;
using SegFunctions.Learning;

namespace SegFunctions.Benchmarks.Measure;

/// <summary>The folder of measured tables: <c>NAME.npy</c>, <c>NAME_labels.npy</c>, <c>NAME_init.npy</c> and <c>meta.json</c> with the parameters of each.</summary>
internal sealed class MeasuredData(string folder, int threads)
{
    private readonly Lazy<JsonDocument> _meta = new(() => JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "meta.json"))));

    /// <summary>Threads that a run may use.</summary>
    public int Threads => threads;

    /// <param name="first">Only so many of the first rows; null for all.</param>
    public Matrix Rows(string name, int? first = null)
    {
        var (values, rows, columns) = NumPyFile.Read<double>(Path.Combine(folder, name + ".npy"));
        return first is { } wanted && wanted < rows ? new Matrix(wanted, columns, values[..(wanted * columns)]) : new Matrix(rows, columns, values);
    }

    /// <summary>A file of the folder that is no NumPy file.</summary>
    public string PathOf(string file) => Path.Combine(folder, file);

    /// <summary>The centres that passes start from.</summary>
    public Matrix Start(string name) => Rows(name + "_init");

    /// <summary>True groups.</summary>
    public int[] Labels(string name, int? first = null)
    {
        var labels = NumPyFile.Read<int>(Path.Combine(folder, name + "_labels.npy")).Values;
        return first is { } wanted ? labels[..Math.Min(wanted, labels.Length)] : labels;
    }

    /// <summary>A parameter of the table, such as <c>k</c> or <c>eps</c>.</summary>
    public double Parameter(string name, string parameter) => _meta.Value.RootElement.GetProperty(name).GetProperty(parameter).GetDouble();
}
