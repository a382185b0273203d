Console.WriteLine("imagesearch");
