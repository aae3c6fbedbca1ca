using System.Xml;
using SegFunctions.Customers.Intake.Canonical;
using SegFunctions.Customers.Intake.Records;

namespace SegFunctions.Customers.Intake.Spreadsheets;

/// <summary>The texts that cells of a workbook share (<c>sharedStrings.xml</c>), as UTF-8 in one block.</summary>
internal sealed class SharedTexts
{
    private readonly ByteWriter _bytes = new(1 << 12);
    private readonly List<int> _ends = [];

    /// <param name="maximumBytes">Bytes of all texts together at most.</param>
    /// <exception cref="UnreadableFileException">They are too long.</exception>
    public static SharedTexts Read(XmlReader xml, int maximumBytes, CancellationToken cancellationToken)
    {
        var texts = new SharedTexts();
        var isInItem = false;
        while (xml.ReadOn())
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "si")
            {
                isInItem = !xml.IsEmptyElement;
                if (xml.IsEmptyElement)
                    texts._ends.Add(texts._bytes.Length);
            }
            else if (xml.NodeType == XmlNodeType.EndElement && xml.LocalName == "si" && isInItem)
            {
                isInItem = false;
                texts._ends.Add(texts._bytes.Length);
                cancellationToken.ThrowIfCancellationRequested();
            }
            else if (isInItem)
            {
                CellText.AppendItem(xml, texts._bytes);
            }

            if (texts._bytes.Length > maximumBytes || texts._ends.Count > maximumBytes / 4)
                throw new UnreadableFileException($"The workbook's texts take more than {maximumBytes >> 20} MiB. Save the sheet as \"CSV UTF-8\" and send that file.");
        }

        return texts;
    }

    /// <summary>The text of that number; empty when there is none.</summary>
    public ReadOnlySpan<byte> this[int index]
    {
        get
        {
            if ((uint)index >= (uint)_ends.Count)
                return default;
            var start = index == 0 ? 0 : _ends[index - 1];
            return _bytes.Written[start.._ends[index]];
        }
    }
}
