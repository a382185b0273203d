namespace ImageSearch.Collections.Vectors;

/// <summary>Finds the value at a rank without sorting.</summary>
internal static class Selection
{
    /// <summary>The <paramref name="rank"/>th largest number, from 1 on; reorders the numbers.</summary>
    public static float Largest(Span<float> numbers, int rank)
    {
        int from = 0;
        int until = numbers.Length - 1;
        int wanted = rank - 1;
        while (from < until)
        {
            float middle = Middle(numbers[from], numbers[from + ((until - from) / 2)], numbers[until]);
            int left = from;
            int right = until;
            while (left <= right)
            {
                while (numbers[left] > middle)
                {
                    left++;
                }

                while (numbers[right] < middle)
                {
                    right--;
                }

                if (left <= right)
                {
                    (numbers[left], numbers[right]) = (numbers[right], numbers[left]);
                    left++;
                    right--;
                }
            }

            if (wanted <= right)
            {
                until = right;
            }
            else if (wanted >= left)
            {
                from = left;
            }
            else
            {
                break;
            }
        }

        return numbers[wanted];
    }

    private static float Middle(float a, float b, float c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
}
